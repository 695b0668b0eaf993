import type { INode, INodeParameters } from 'n8n-workflow';

import { CREDENTIAL_NAME, INSTAPLY } from '../lab/nodes';

/** A node that sends the items `{ thread, text }` to Instaply in its own way. */
export interface Variant {
	name: string;
	nodeFor(sandboxUrl: string): Pick<INode, 'type' | 'typeVersion' | 'parameters'>;
}

const ours = (name: string, options: INodeParameters = {}): Variant => ({
	name,
	nodeFor: () => ({
		type: INSTAPLY,
		typeVersion: 1,
		parameters: {
			resource: 'message',
			operation: 'send',
			customerThreadId: '={{ $json.thread }}',
			text: '={{ $json.text }}',
			options,
		},
	}),
});

const httpRequest = (name: string, options: INodeParameters = {}): Variant => ({
	name,
	nodeFor: (sandboxUrl) => ({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${sandboxUrl}/api/send-message-to-customer-thread`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_NAME,
			sendBody: true,
			bodyParameters: {
				parameters: [
					{ name: 'customerThreadId', value: '={{ $json.thread }}' },
					{ name: 'text', value: '={{ $json.text }}' },
				],
			},
			options,
		},
	}),
});

/** @param bounds the values of 'Threads at a Time' to try beside the default */
export function variants(bounds: number[]): Variant[] {
	return [
		ours('Instaply'),
		...bounds.map((bound) => ours(`Instaply, ${bound} at a time`, { threadsAtATime: bound })),
		httpRequest('HTTP Request'),
		httpRequest('HTTP Request, batches of 1', {
			batching: { batch: { batchSize: 1, batchInterval: 0 } },
		}),
	];
}
