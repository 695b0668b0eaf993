/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { clearInterval, setInterval } from 'node:timers';

import { THREADS } from '../../sandbox/server';
import { startServer, type LocalServer } from '../../tools/process/server';
import { waitUntil } from '../../tools/process/wait';
import { runInstaply } from '../support/engine/run';
import { explanation } from '../support/engine/words';

/** Protects that a response which drips, and so is never silent for long, is given up all the same. */

let dripping: LocalServer;
let closed = 0;
beforeAll(async () => {
	dripping = await startServer((_, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const drops = setInterval(() => response.write(' '), 50);
		response.on('close', () => {
			closed += 1;
			clearInterval(drops);
		});
	});
});
afterAll(async () => await dripping.close());

const instaply = () => ({ url: dripping.url, token: 'secret' });
const options = { timeout: 1 };

describe('A response that drips', () => {
	it('is given up when the time of the option Request Timeout is over', async () => {
		const before = closed;
		const run = await runInstaply(instaply(), {
			parameters: {
				resource: 'message',
				operation: 'send',
				customerThreadId: THREADS.webchat,
				text: 'Hello',
				options,
			},
		});
		expect(explanation(run).message).toBe('It is not known whether the customer got this message');
		await waitUntil(() => closed === before + 1, { what: 'the end of the connection' });
	});

	it('is given up for a read, too, after its tries', async () => {
		const run = await runInstaply(instaply(), {
			parameters: {
				resource: 'thread',
				operation: 'get',
				customerThreadId: THREADS.webchat,
				options,
			},
		});
		expect(explanation(run).message).toBe('Instaply did not answer');
	}, 20_000);
});
