import { hiddenInReview, reviewMessageProperty } from '../../n8n/review';
import type { Field } from '../../parameters/field';
import { messageText } from './text';

/** In a review, what n8n lets a person be asked about an AI agent; empty otherwise. */
export const reviewMessage: Field<'message', undefined> = {
	property: reviewMessageProperty,
	value: () => undefined,
};

/** The text of a question: the user's own, or that of a review. */
export const question: Field<'text', string> = {
	property: {
		...messageText.property,
		placeholder: 'e.g. Which day suits you?',
		displayOptions: hiddenInReview,
	},
	value: (read) => {
		const message = read(reviewMessageProperty.name) ?? '';
		return messageText.value(message === '' ? read : () => message);
	},
};
