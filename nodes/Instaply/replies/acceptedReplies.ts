import { isJsonObject } from '../common/json';
import { describeValue } from '../parameters/describeValue';
import { field } from '../parameters/field';
import * as parse from '../parameters/parse';

/** A reply that the workflow understands, in all its spellings. */
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
			throw parse.unusable(label, 'It has to be a list of replies.', describeValue(rows));
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
 * The accepted reply that a customer's text stands for, as the user spelled it. Two of them may differ
 * by no more than a sign or an accent, so an exact spelling comes first; a similar one counts only when
 * no other is similar.
 *
 * @returns undefined when there is none, or no telling which
 */
export function choiceIn(text: string, choices: Choice[]): string | undefined {
	const [exact] = repliesLike(text, choices, foldCase);
	if (exact !== undefined) return exact;
	const [similar, another] = repliesLike(text, choices, foldSpelling);
	return another === undefined ? similar : undefined;
}

/** The replies with a spelling that has the same form as the text, each once. */
function repliesLike(text: string, choices: Choice[], form: (text: string) => string): string[] {
	const folded = form(text);
	const matching = choices.filter(({ reply, alsoAccept }) =>
		[reply, ...alsoAccept].some((spelling) => form(spelling) === folded),
	);
	return [...new Set(matching.map(({ reply }) => reply))];
}

/** Without case and surrounding spaces. */
function foldCase(text: string): string {
	return text.normalize('NFC').trim().toLowerCase();
}

/**
 * Without case, accents, skin tones, and punctuation around it; a text without letters and digits,
 * such as an emoji, stays.
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
