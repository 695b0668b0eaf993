import type { IWebhookFunctions } from 'n8n-workflow';

import { waitsKnownToTrigger } from '../../../nodes/Instaply/n8n/ownWaits';

/** The parts of n8n's context that matter, for a trigger with this address. */
function trigger(url: string | undefined, webhookId?: string) {
	const context = {
		getNodeWebhookUrl: () => url,
		getNode: () => ({ webhookId }),
	} as unknown as IWebhookFunctions;
	return waitsKnownToTrigger(context);
}

const NODE = '00000000-0000-4000-8000-000000000000';

describe('The waits that a trigger knows', () => {
	it.each([
		['https://n8n.example.com/webhook/own/webhook', 'own', 'https://n8n.example.com/'],
		['https://example.com/n8n/webhook/own/webhook', 'own', 'https://example.com/n8n/'],
		[
			'https://n8n.example.com/webhook/7/instaply%20trigger/webhook',
			undefined,
			'https://n8n.example.com/',
		],
	])('are those below the address of its n8n: %s', (url, webhookId, base) => {
		const { owns } = trigger(url, webhookId);
		expect(owns(`${base}webhook-waiting/17/${NODE}?signature=x`)).toBe(true);
		expect(owns(`${base}webhook-waiting/17?signature=token%2F${NODE}`)).toBe(true);
		// N8N_ENDPOINT_WEBHOOK_WAIT
		expect(owns(`${base}waiting/17/${NODE}?signature=x`)).toBe(true);
	});

	it.each([
		'https://other.example.com/webhook-waiting/17/node?signature=x',
		'https://n8n.example.com.evil.example/webhook-waiting/17/node',
		'http://n8n.example.com/webhook-waiting/17/node',
		// Another n8n on the same host.
		'https://n8n.example.com/other/webhook-waiting/17/node',
		'https://n8n.example.com/other/webhook-waiting/17?signature=x',
		'https://n8n.example.com/webhook/own/webhook',
		'https://n8n.example.com/rest/executions',
		'https://n8n.example.com/',
		'no address',
	])('are no others: %s', (url) => {
		expect(trigger('https://n8n.example.com/webhook/own/webhook', 'own').owns(url)).toBe(false);
	});

	it.each([undefined, '', 'n8n.example.com', 'localhost:5678/webhook/own/webhook'])(
		'are none where n8n has the address %s',
		(url) => {
			expect(trigger(url, 'own').owns('https://n8n.example.com/webhook-waiting/17/node')).toBe(
				false,
			);
		},
	);
});
