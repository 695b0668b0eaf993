import { THREAD_STATUSES } from '../../api/types';
import { field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { threadId } from '../../parameters/sharedFields';
import { operation } from '../operation';

const status = field(
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		required: true,
		default: 'waiting',
		options: [
			{
				name: 'Waiting',
				value: 'waiting',
				description: 'The customer waits for an answer: hands the thread over to a human',
			},
			{
				name: 'Replied',
				value: 'replied',
				description: 'The customer was answered and the conversation goes on',
			},
			{ name: 'Resolved', value: 'resolved', description: 'The conversation is closed' },
		],
		description: 'The status that the thread gets',
	},
	parse.oneOf(THREAD_STATUSES),
);

export const updateStatus = operation({
	value: 'updateStatus',
	name: 'Update Status',
	action: 'Set thread status',
	subtitle: `${JSON.stringify(THREAD_STATUSES)}.includes($rawParameter.status) ? "set to " + $rawParameter.status + ": thread" : "set status: thread"`,
	description: 'Set a thread to waiting, replied or resolved',
	fields: [threadId, status],
	target: ({ customerThreadId }) => customerThreadId,
	async run(change, { instaply }) {
		return { ...change, response: await instaply.updateThreadStatus(change) };
	},
});
