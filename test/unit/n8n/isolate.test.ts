import type { IWebhookFunctions } from 'n8n-workflow';

import { withoutIsolate } from '../../../nodes/Instaply/n8n/isolate';
import { settled } from '../../support/unit/fakeClock';

const contextWith = (more: object) => more as IWebhookFunctions;
const inVain = async () => await Promise.reject(new Error('Isolate is disposed'));

describe('Waiting without an isolate', () => {
	it.each<[string, object]>([
		['without a workflow', {}],
		['with no workflow', { workflow: null }],
		['with another workflow', { workflow: { id: '1' } }],
		['with expressions of n8n 1', { workflow: { expression: {} } }],
		['with other expressions', { workflow: { expression: { releaseIsolate: inVain } } }],
	])('only waits in a context %s', async (_, context) => {
		expect(await withoutIsolate(contextWith(context), async () => 'done')).toBe('done');
	});

	it('asks for one after the other again, when much is done at once', async () => {
		const order: string[] = [];
		const contextOf = (name: string) =>
			contextWith({
				workflow: {
					expression: {
						releaseIsolate: async () => {},
						acquireIsolate: async () => {
							order.push(`${name} begins`);
							await settled();
							order.push(`${name} ends`);
						},
					},
				},
			});
		const work = async () => {};
		await Promise.all(['a', 'b'].map(async (name) => await withoutIsolate(contextOf(name), work)));
		expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
	});

	it('loses nothing when n8n does not take or give one', async () => {
		const expression = { releaseIsolate: inVain, acquireIsolate: inVain };
		const context = contextWith({ workflow: { expression } });
		expect(await withoutIsolate(context, async () => 'done')).toBe('done');
	});
});
