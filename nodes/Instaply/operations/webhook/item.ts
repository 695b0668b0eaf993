import type { IDataObject } from 'n8n-workflow';

import type { CreateWebhookRequest } from '../../api/types';

/**
 * A webhook as an item. Of its headers only the names come out: their values are secrets, and one
 * of them may be what keeps a trigger of n8n safe from forged events.
 */
export function webhookItem({
	extraHeaders,
	...webhook
}: Partial<CreateWebhookRequest> & { webhookId: string | null }): IDataObject {
	return extraHeaders === undefined
		? webhook
		: { ...webhook, extraHeaders: extraHeaders.map(({ name }) => ({ name })) };
}
