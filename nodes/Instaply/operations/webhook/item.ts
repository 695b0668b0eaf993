import type { IDataObject } from 'n8n-workflow';

import type { CreateWebhookRequest } from '../../api/types';

/**
 * A webhook as an item, with the names of its headers only. The values are secrets: one of them may
 * protect a trigger from forged events.
 */
export function webhookItem({
	extraHeaders,
	...webhook
}: Partial<CreateWebhookRequest> & { webhookId: string | null }): IDataObject {
	return extraHeaders === undefined
		? webhook
		: { ...webhook, extraHeaders: extraHeaders.map(({ name }) => ({ name })) };
}
