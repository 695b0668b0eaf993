import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import {
	clearStaticData,
	readStaticData,
	readUnsavedStaticData,
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
	const data = readStaticData(context);
	const { webhookId } = data;
	return {
		webhookId: typeof webhookId === 'string' ? webhookId : undefined,
		secret: secretIn(data),
	};
}

function secretIn({ secret }: IDataObject): string | undefined {
	return typeof secret === 'string' ? secret : undefined;
}

/** The secret that a delivery has to carry; undefined when n8n has lost it. */
export function readSecret(context: IWebhookFunctions): string | undefined {
	return secretIn(readStaticData(context)) ?? secretIn(readUnsavedStaticData(context));
}

export function storeRegistration(context: IHookFunctions, changes: StoredRegistration): void {
	writeStaticData(context, { ...changes });
}

export function clearRegistration(context: IHookFunctions): void {
	clearStaticData(context, ['webhookId', 'secret']);
}
