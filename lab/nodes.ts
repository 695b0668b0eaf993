import type { INodeParameters } from 'n8n-workflow';

import type { NodeDraft } from './workflow';

export const INSTAPLY = 'n8n-nodes-instaply.instaply';
export const INSTAPLY_TRIGGER = 'n8n-nodes-instaply.instaplyTrigger';
export const CREDENTIAL_NAME = 'instaplyApi';
export const WEBHOOK = 'n8n-nodes-base.webhook';

/** Starts a workflow by hand. */
export const START: NodeDraft = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	parameters: {},
};

/** Hands out one item after the other. */
export const LOOP: NodeDraft = {
	name: 'Loop',
	type: 'n8n-nodes-base.splitInBatches',
	typeVersion: 3,
	parameters: { batchSize: 1 },
};

/** Does nothing: shows what the node before it puts out. */
export const NEXT: NodeDraft = { name: 'Next', type: 'n8n-nodes-base.noOp', parameters: {} };

/** The trigger of this package, at `/webhook/<path>/webhook`. */
export function instaplyTrigger(path: string, parameters: INodeParameters = {}): NodeDraft {
	return {
		name: 'Instaply Trigger',
		type: INSTAPLY_TRIGGER,
		typeVersion: 1.2,
		webhookId: path,
		parameters,
	};
}

/** n8n's own Webhook node, which takes a POST at `/webhook/<path>`. */
export function webhook(path: string): NodeDraft {
	return {
		name: 'Webhook',
		type: WEBHOOK,
		typeVersion: 2,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, options: {} },
	};
}

/** Asks the customer of a thread, and waits for the reply. */
export function ask(customerThreadId: string, options?: INodeParameters): NodeDraft {
	return {
		name: 'Ask',
		type: INSTAPLY,
		parameters: {
			resource: 'message',
			operation: 'sendAndWait',
			customerThreadId,
			text: 'Will you come?',
			...(options && { options }),
		},
	};
}

/** The same, of the thread that was posted to a Webhook node. */
export function askPosted(options?: INodeParameters): NodeDraft {
	return ask('={{ $json.body.thread }}', options);
}
