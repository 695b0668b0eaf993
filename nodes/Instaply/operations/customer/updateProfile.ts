import { atLeastOne, collection, field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { customerId } from '../../parameters/sharedFields';
import { operation } from '../operation';

const company = field(
	{
		displayName: 'Company',
		name: 'company',
		type: 'string',
		default: '',
		placeholder: 'e.g. Acme Ltd',
		description: 'The company that the customer works for',
	},
	parse.optional(parse.trimmedText),
);

const firstName = field(
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Claire',
		description: "The customer's first name",
	},
	parse.optional(parse.trimmedText),
);

const lastName = field(
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Martin',
		description: "The customer's last name",
	},
	parse.optional(parse.trimmedText),
);

export const updateProfile = operation({
	value: 'updateProfile',
	name: 'Update Profile',
	action: 'Update customer profile',
	description: 'Change the first name, last name or company of a customer',
	fields: [
		customerId,
		atLeastOne(
			collection(
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					placeholder: 'Add field',
					description: 'What to change. A field that is left out or empty stays as it is.',
				},
				[company, firstName, lastName],
			),
		),
	],
	target: ({ customerId }) => customerId,
	async run({ customerId, updateFields }, { instaply }) {
		const response = await instaply.updateProfile(customerId, updateFields);
		return { customerId, ...updateFields, response };
	},
});
