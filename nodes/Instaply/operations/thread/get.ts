import { threadId } from '../../parameters/sharedFields';
import { operation } from '../operation';

export const get = operation({
	value: 'get',
	name: 'Get',
	action: 'Get thread status and messaging window',
	description:
		'Get the channel and status of a thread, and whether its messaging window is open for text',
	fields: [threadId],
	async run({ customerThreadId }, { instaply }) {
		return { customerThreadId, ...(await instaply.threadDetails(customerThreadId)) };
	},
});
