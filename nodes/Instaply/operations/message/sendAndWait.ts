import { WAITING_OPERATION } from '../../n8n/waiting';
import { threadId } from '../../parameters/sharedFields';
import { askQuestion } from '../../replies/askQuestion';
import { waitOptions } from '../../replies/options';
import { operation } from '../operation';
import { question, reviewMessage } from './question';
import { sendWithinWindow, templateWhenClosed, whenWindowClosed } from './window';

export const sendAndWait = operation({
	value: WAITING_OPERATION,
	name: 'Send and Wait for Reply',
	action: 'Send message and wait for reply',
	description: 'Ask the customer of a thread something, and go on when the customer has answered',
	fields: [threadId, reviewMessage, question, whenWindowClosed, templateWhenClosed, waitOptions],
	target: ({ customerThreadId }) => customerThreadId,
	waits: true,
	async run({ options, ...message }, instaply, execution) {
		const { customerThreadId } = message;
		const send = async () => (await sendWithinWindow(message, instaply)).sent;
		return await askQuestion({ customerThreadId, options, send }, instaply, execution);
	},
});
