import type { Field } from '../../parameters/field';
import { messageText } from './text';

/** n8n adds this parameter to the node where a person reviews what an AI agent is about to do. */
const REVIEW_MESSAGE = 'message';

/** The text of a question: the user's own, or what n8n lets a person be asked about an AI agent. */
export const question: Field<'text', string> = {
	property: {
		...messageText.property,
		displayOptions: { hide: { [REVIEW_MESSAGE]: [{ _cnd: { exists: true } }] } },
	},
	value: (read) => {
		const review = read(REVIEW_MESSAGE);
		return messageText.value(review === undefined ? read : () => review);
	},
};
