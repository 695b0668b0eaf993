import { field } from '../../parameters/field';
import * as parse from '../../parameters/parse';

export const messageText = field(
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Hello, your order is on its way.',
		description: 'What the customer reads',
	},
	parse.text,
);
