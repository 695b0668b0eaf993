import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** What a trigger remembers between activations. */
export interface StoredRegistration {
	/** Missing when Instaply did not name it, or when n8n lost it. */
	webhookId?: string;
	/** What every delivery has to carry. */
	secret?: string;
}

/**
 * Secrets by the URL they were registered for. n8n saves what a trigger remembers only after all
 * triggers of the workflow are up, which takes some seconds when it has to try one of them again.
 * Until then this process knows the secret from here, so that no early delivery is refused.
 */
const unsaved = new Map<string, string>();

/** Reads n8n's static data of the node, which is empty at the start of a test run. */
export function readRegistration(context: IHookFunctions | IWebhookFunctions): StoredRegistration {
	const { webhookId, secret } = context.getWorkflowStaticData('node');
	return {
		webhookId: typeof webhookId === 'string' ? webhookId : undefined,
		secret: typeof secret === 'string' ? secret : undefined,
	};
}

/** The secret that a delivery has to carry; undefined when n8n has lost it. */
export function readSecret(context: IWebhookFunctions): string | undefined {
	return (
		readRegistration(context).secret ?? unsaved.get(context.getNodeWebhookUrl('default') ?? '')
	);
}

/**
 * Only the registration may remember: n8n writes static data back whole, so a delivery that wrote
 * it could undo what an activation has just stored.
 */
export function storeRegistration(
	context: IHookFunctions,
	url: string,
	memory: StoredRegistration,
): void {
	Object.assign(context.getWorkflowStaticData('node'), memory);
	if (memory.secret !== undefined) unsaved.set(url, memory.secret);
}

export function clearRegistration(context: IHookFunctions, url: string): void {
	const data = context.getWorkflowStaticData('node');
	delete data.webhookId;
	delete data.secret;
	unsaved.delete(url);
}
