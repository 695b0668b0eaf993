import { startSandbox, THREADS, type Sandbox } from '../../sandbox/server';
import { runInstaply } from './support/run';

describe('Message', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());
	afterEach(() => sandbox.clearRecords());

	it('sends a text to the customer', async () => {
		const { items, error } = await runInstaply(sandbox, {
			parameters: {
				resource: 'message',
				operation: 'send',
				customerThreadId: THREADS.webchat,
				text: 'Hello',
			},
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([]);
	});
});
