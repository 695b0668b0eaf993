import { limit, returnAll, threadId } from '../../parameters/sharedFields';
import { operation } from '../operation';

export const getAll = operation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many WhatsApp templates of thread',
	subtitle: '"get many: templates"',
	description: 'Get many WhatsApp templates that may be sent to a thread',
	fields: [threadId, returnAll, limit],
	async run({ customerThreadId, limit }, { instaply }) {
		const templates = await instaply.templates(customerThreadId);
		return templates.slice(0, limit).map((template) => ({ customerThreadId, ...template }));
	},
});
