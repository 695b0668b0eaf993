import { InstaplyError } from '../api/errors';
import { isJsonObject } from '../api/json';
import { field } from '../parameters/field';
import * as parse from '../parameters/parse';

/** A reply that the workflow understands, in all the ways in which customers write it. */
export interface Choice {
	reply: string;
	alsoAccept: string[];
}

export const acceptedReplies = field(
	{
		displayName: 'Accepted Replies',
		name: 'acceptedReplies',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add accepted reply',
		default: {},
		description:
			'Go on with these replies only. Case, accents and punctuation around them do not matter.',
		options: [
			{
				displayName: 'Reply',
				name: 'reply',
				values: [
					{
						displayName: 'Reply',
						name: 'reply',
						type: 'string',
						default: '',
						placeholder: 'e.g. yes',
						description: "The items that go on have this as 'choice'",
					},
					{
						displayName: 'Also Accept',
						name: 'alsoAccept',
						type: 'string',
						default: '',
						placeholder: 'e.g. 1, ok, sure',
						description: 'Other ways to write the same, separated by commas',
					},
				],
			},
		],
	},
	(value, label): Choice[] => {
		const rows = isJsonObject(value) ? (value.reply ?? []) : value;
		if (!Array.isArray(rows)) {
			throw new InstaplyError(`'${label}' cannot be used as it is`, {
				description: 'It has to be a list of replies.',
			});
		}
		return rows.map((row: unknown) => {
			const { reply, alsoAccept } = isJsonObject(row) ? row : { reply: row, alsoAccept: '' };
			return {
				reply: parse.text(reply, `${label} > Reply`).trim(),
				alsoAccept: parse.textList(alsoAccept ?? '', `${label} > Also Accept`),
			};
		});
	},
);

/** @returns the accepted reply that a customer's text stands for, as the user spelled it */
export function choiceIn(text: string, choices: Choice[]): string | undefined {
	const wanted = normalized(text);
	const choice = choices.find(({ reply, alsoAccept }) =>
		[reply, ...alsoAccept].some((spelling) => normalized(spelling) === wanted),
	);
	return choice?.reply;
}

/** Without case, accents, and what stands around words; a text without any letter stays, as emoji. */
function normalized(text: string): string {
	const plain = text
		.normalize('NFKD')
		.replace(/\p{Mn}/gu, '')
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.trim();
	const words = plain.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
	return words === '' ? plain : words;
}
