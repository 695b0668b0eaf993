import type { Field } from '../../parameters/field';
import { messageText } from './text';

/**
 * Where a person reviews what an AI agent is about to do, n8n puts a parameter of its own in the place
 * of this one. Declared here, because n8n 1 knows no conditions on parameters that are not.
 */
export const reviewMessage: Field<'message', undefined> = {
	property: { displayName: 'Message', name: 'message', type: 'hidden', default: '' },
	value: () => undefined,
};

/** The text of a question: the user's own, or what n8n lets a person be asked about an AI agent. */
export const question: Field<'text', string> = {
	property: {
		...messageText.property,
		displayOptions: { hide: { [reviewMessage.property.name]: [{ _cnd: { regex: '.' } }] } },
	},
	value: (read) => {
		const review = read(reviewMessage.property.name) ?? '';
		return messageText.value(review === '' ? read : () => review);
	},
};
