import axios from 'axios';

import { startBalancer } from '../../../tools/process/balancer';
import { freePorts } from '../../../tools/process/ports';
import { startServer, type LocalServer } from '../../../tools/process/server';

describe('The load balancer', () => {
	const servers: LocalServer[] = [];
	afterEach(async () => {
		for (const server of servers.splice(0)) await server.close();
	});

	/** A server that says its name and what was sent. */
	const named = async (name: string) => {
		const server = await startServer((received, response) => {
			received.pipe(response.setHeader('x-name', name));
		});
		servers.push(server);
		return portOf(server);
	};
	const breakingOff = async () => {
		let requests = 0;
		const server = await startServer((received) => {
			requests += 1;
			received.socket.destroy();
		});
		servers.push(server);
		return { port: portOf(server), requests: () => requests };
	};
	const portOf = ({ url }: LocalServer) => Number(new URL(url).port);
	const posting = async (ports: number[], isReady?: (port: number) => Promise<boolean>) => {
		const balancer = await startBalancer(ports, isReady);
		servers.push(balancer);
		return async (text: string) => {
			const { status, data, headers } = await axios.post(`${balancer.url}/path`, text, {
				proxy: false,
				validateStatus: () => true,
			});
			return { status, data, name: headers['x-name'] };
		};
	};

	it('has servers take turns, and passes on what was sent', async () => {
		const post = await posting([await named('one'), await named('two')]);
		const responses = [await post('a'), await post('b'), await post('c')];
		expect(responses.map(({ data }) => data)).toEqual(['a', 'b', 'c']);
		const [first, second, third] = responses.map(({ name }) => name);
		expect([first, second].sort()).toEqual(['one', 'two']);
		expect(third).toBe(first);
	});

	it('passes over a server that is down', async () => {
		const [down = 0] = await freePorts(1);
		const post = await posting([down, await named('one')]);
		for (const text of ['a', 'b']) {
			expect(await post(text)).toEqual({ status: 200, data: text, name: 'one' });
		}
	});

	it('passes over a server that is not ready yet', async () => {
		const [starting, ready] = [await named('starting'), await named('ready')];
		const post = await posting([starting, ready], async (port) => port === ready);
		for (const text of ['a', 'b']) expect(await post(text)).toMatchObject({ name: 'ready' });
	});

	it('does not make a request again that a server has begun to read', async () => {
		const { port, requests } = await breakingOff();
		const post = await posting([port, port]);
		expect(await post('a')).toMatchObject({ status: 502 });
		expect(requests()).toBe(1);
	});
});
