import type { INode, INodeParameters } from 'n8n-workflow';

import { CREDENTIAL_NAME, INSTAPLY } from '../lab/nodes';
import { BARE } from './bare/install';

/** A node that sends the items `{ thread, text }` to Instaply in its own way. */
export interface Variant {
	name: string;
	nodeFor(sandboxUrl: string): Pick<INode, 'type' | 'typeVersion' | 'parameters'>;
}

const EXPRESSIONS = { customerThreadId: '={{ $json.thread }}', text: '={{ $json.text }}' };

const ours = (name: string, options: INodeParameters = {}): Variant => ({
	name,
	nodeFor: () => ({
		type: INSTAPLY,
		typeVersion: 1,
		parameters: {
			resource: 'message',
			operation: 'send',
			...EXPRESSIONS,
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
				parameters: Object.entries(EXPRESSIONS).map(([name, value]) => ({ name, value })),
			},
			options,
		},
	}),
});

/** As a user adds it: the node finds out by itself how many threads to work on at a time. */
export const PRESET = ours('Instaply');

export const HTTP_REQUEST = httpRequest('HTTP Request');

export const HTTP_REQUEST_IN_BATCHES = httpRequest('HTTP Request, batches of 1', {
	batching: { batch: { batchSize: 1, batchInterval: 0 } },
});

export const threadsAtATime = (count: number) =>
	ours(`Instaply, ${count} at a time`, { threadsAtATime: count });

/** @param atATime how many requests it has under way */
export const bare = (atATime: () => number): Variant => ({
	name: 'Bare',
	nodeFor: () => ({
		type: BARE,
		typeVersion: 1,
		parameters: { ...EXPRESSIONS, atATime: atATime() },
	}),
});
