import { WAITING_OPERATION } from '../../n8n/waiting';
import { threadId } from '../../parameters/sharedFields';
import { askQuestion } from '../../replies/askQuestion';
import { waitOptions } from '../../replies/options';
import { questionText } from '../../replies/settings';
import { STARTS_ANEW, startsAnewUnseen } from '../../replies/startsAnew';
import { operationSharing } from '../operation';
import { question, reviewMessage } from './question';
import { sendWithinWindow, templateWhenClosed, whenWindowClosed } from './window';

export const sendAndWait = operationSharing(startsAnewUnseen, {
	value: WAITING_OPERATION,
	name: 'Send and Wait for Reply',
	action: 'Send message and wait for reply',
	description: 'Ask the customer of a thread something, and go on when the customer has answered',
	fields: [threadId, reviewMessage, question, whenWindowClosed, templateWhenClosed, waitOptions],
	target: ({ customerThreadId }) => customerThreadId,
	onlyOneItem: (count) =>
		`${count} items came in, and no customer was asked. An execution can wait for one reply only: put the node 'Loop Over Items' in front of this one to ask one customer after the other. To ask all at once, put this node into a workflow of its own, and put 'Loop Over Items' in front of the node 'Execute Sub-workflow', which calls that workflow with 'Wait For Sub-Workflow Completion' being off. The example ask-everybody does so.`,
	// In another execution nobody would wait for the reply to a question that was asked before.
	repeatsAfterSuccess: true,
	keepsBinary: true,
	async run({ options, ...message }, { instaply, execution }) {
		const { customerThreadId } = message;
		const { textFormat } = options;
		const text = questionText(message.text, options, execution.isReview);
		const question = { ...message, text, textFormat };
		const send = async () => (await sendWithinWindow(question, instaply)).sent;
		return await askQuestion({ customerThreadId, options, send }, instaply, execution);
	},
	hint: (_, isStartedAnew) => (isStartedAnew ? STARTS_ANEW : undefined),
});
