import type { IExecuteFunctions } from 'n8n-workflow';

import { WAITING_OPERATION } from '../../n8n/waiting';
import { threadId } from '../../parameters/sharedFields';
import { askQuestion } from '../../replies/askQuestion';
import { waitOptions } from '../../replies/options';
import { questionText } from '../../replies/settings';
import { STARTS_ANEW, startsAnewUnseen } from '../../replies/startsAnew';
import { operationSharing } from '../operation';
import { question, reviewMessage } from './question';
import { sendWithinWindow, templateWhenClosed, whenWindowClosed } from './window';

/** From this many on, each message of anybody keeps n8n busy for a second and more (bench:waiting). */
const MANY = 20;

const manyWait = (count: number) =>
	`${count} other executions wait for replies, and Instaply delivers every message to each of them, which slows n8n down. Publish a workflow that starts with an 'Instaply Trigger' with this credential: then each message is delivered once, however many wait.`;

/** What a run has seen, for its hint. */
const share = (context: IExecuteFunctions) => ({
	isStartedAnew: startsAnewUnseen(context),
	waiting: 0,
});

export const sendAndWait = operationSharing(share, {
	value: WAITING_OPERATION,
	name: 'Send and Wait for Reply',
	action: 'Send message and wait for reply',
	subtitle: '"send and wait: message"',
	description: 'Ask the customer of a thread something, and go on when the customer has answered',
	builderHint: {
		propertyHint:
			'Gives reply (null when nobody answered), timedOut and, with the option acceptedReplies, choice: branch on choice and timedOut, not on the text of the reply. Set limitWaitTime; it is 24 hours otherwise.',
	},
	fields: [threadId, reviewMessage, question, whenWindowClosed, templateWhenClosed, waitOptions],
	target: ({ customerThreadId }) => customerThreadId,
	onlyOneItem: (count) =>
		`${count} items came in, and no customer was asked. An execution can wait for one reply only: put the node 'Loop Over Items' in front of this one to ask one customer after the other. To ask all at once, put this node into a workflow of its own, and put 'Loop Over Items' in front of the node 'Execute Sub-workflow', which calls that workflow with 'Wait For Sub-Workflow Completion' being off. The example ask-everybody does so.`,
	// In another execution nobody would wait for the reply to a question that was asked before.
	repeatsAfterSuccess: true,
	keepsBinary: true,
	async run({ options, ...message }, { instaply, execution, shared }) {
		const { customerThreadId } = message;
		const { textFormat } = options;
		const text = questionText(message.text, options, execution.isReview);
		const asked = { ...message, text, textFormat };
		const send = async () => (await sendWithinWindow(asked, instaply)).sent;
		const question = { customerThreadId, options, send };
		const { output, waiting } = await askQuestion(question, instaply, execution);
		shared.waiting = waiting;
		return output;
	},
	hint(_, { isStartedAnew, waiting }) {
		if (isStartedAnew) return STARTS_ANEW;
		return waiting >= MANY ? manyWait(waiting) : undefined;
	},
});
