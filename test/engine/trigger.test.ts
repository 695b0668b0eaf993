import axios from 'axios';

import { startSandbox, THREADS, type Sandbox } from '../../sandbox/server';
import { TriggerHost } from './support/triggerHost';

describe('Instaply Trigger', () => {
	let sandbox: Sandbox;
	let host: TriggerHost;

	beforeEach(async () => {
		sandbox = await startSandbox();
	});
	afterEach(async () => {
		await host.close();
		await sandbox.close();
	});

	const activated = async (...args: [Parameters<typeof TriggerHost.start>[1]?]) => {
		host = await TriggerHost.start(sandbox, ...args);
		await host.activate();
		return host;
	};

	it('starts the workflow with a message', async () => {
		await activated();
		await sandbox.customerWrites(THREADS.webchat, 'Where is my order 4711?');
		expect(host.started).toEqual([]);
	});
	it('wrong', async () => {
		await activated();
		const answer = await axios.post(host.url, { a: 1 }, { validateStatus: () => true });
		expect([answer.status, answer.data]).toEqual([]);
	});
});
