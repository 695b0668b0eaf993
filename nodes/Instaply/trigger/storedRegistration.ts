import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import {
	clearStaticData,
	readLatestStaticData,
	readStaticData,
	writeStaticData,
} from '../n8n/staticData';

/** What a trigger stores between activations. */
export interface StoredRegistration {
	/** Missing when Instaply did not name it, or when n8n lost it. */
	webhookId?: string;
	/** Carried by every delivery. */
	secret?: string;
}

export function readRegistration(context: IHookFunctions): StoredRegistration {
	const { webhookId, secret } = readStaticData(context);
	return {
		webhookId: typeof webhookId === 'string' ? webhookId : undefined,
		secret: typeof secret === 'string' ? secret : undefined,
	};
}

/** The secret that a delivery has to carry; undefined when n8n has lost it. */
export function readSecret(context: IWebhookFunctions): string | undefined {
	const { secret } = readLatestStaticData(context);
	return typeof secret === 'string' ? secret : undefined;
}

export function storeRegistration(context: IHookFunctions, changes: StoredRegistration): void {
	writeStaticData(context, { ...changes });
}

export function clearRegistration(context: IHookFunctions): void {
	clearStaticData(context, ['webhookId', 'secret']);
}
