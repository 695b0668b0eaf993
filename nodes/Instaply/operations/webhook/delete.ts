import { operation } from '../operation';
import { webhookId } from './fields';

export const deleteWebhook = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete webhook',
	description: 'Delete a webhook, so that Instaply no longer sends events to its address',
	fields: [webhookId],
	target: ({ webhookId }) => webhookId,
	async run({ webhookId }, { instaply }) {
		await instaply.deleteWebhook(webhookId);
		return { deleted: true, webhookId };
	},
});
