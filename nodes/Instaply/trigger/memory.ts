import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** What a trigger remembers between activations. */
export interface TriggerMemory {
	/** Missing when Instaply did not name it, or when n8n lost it. */
	webhookId?: string;
	/** What every delivery has to carry. */
	secret?: string;
}

/** Reads n8n's static data of the node, which is empty during a test run of the workflow. */
export function recall(context: IHookFunctions | IWebhookFunctions): TriggerMemory {
	const { webhookId, secret } = context.getWorkflowStaticData('node');
	return {
		webhookId: typeof webhookId === 'string' ? webhookId : undefined,
		secret: typeof secret === 'string' ? secret : undefined,
	};
}

/**
 * Only the registration may remember: n8n writes static data back whole, so a delivery that wrote
 * it could undo what an activation has just stored.
 */
export function remember(context: IHookFunctions, memory: TriggerMemory): void {
	Object.assign(context.getWorkflowStaticData('node'), memory);
}

export function forget(context: IHookFunctions): void {
	const data = context.getWorkflowStaticData('node');
	delete data.webhookId;
	delete data.secret;
}
