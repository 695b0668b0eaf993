import { InstaplyError } from '../common/InstaplyError';
import { isJsonObject } from '../common/json';
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
			'Go on with these replies only. Case, accents and punctuation around them do not matter, unless two of them differ by nothing else.',
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

/**
 * The accepted reply that a customer's text stands for, as the user spelled it. A sign or an accent
 * may be all that tells two of them apart, so one that is spelled exactly so comes first; one that is
 * only alike counts when no other is.
 */
export function choiceIn(text: string, choices: Choice[]): string | undefined {
	const [exact] = repliesLike(text, choices, foldCase);
	if (exact !== undefined) return exact;
	const [alike, another] = repliesLike(text, choices, foldSpelling);
	return another === undefined ? alike : undefined;
}

/** The replies of which a spelling comes to the same as the text, each once. */
function repliesLike(text: string, choices: Choice[], form: (text: string) => string): string[] {
	const wanted = form(text);
	const like = choices.filter(({ reply, alsoAccept }) =>
		[reply, ...alsoAccept].some((spelling) => form(spelling) === wanted),
	);
	return [...new Set(like.map(({ reply }) => reply))];
}

/** Without case and spaces around. */
function foldCase(text: string): string {
	return text.normalize('NFC').trim().toLowerCase();
}

/**
 * Without case, accents, skin tones, and what stands around words; a text without any letter stays,
 * as emoji.
 */
function foldSpelling(text: string): string {
	const plain = text
		.normalize('NFKD')
		.replace(/\p{Mn}|\p{Emoji_Modifier}/gu, '')
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.trim();
	const words = plain.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
	return words === '' ? plain : words;
}
