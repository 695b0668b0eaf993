import { isJsonObject } from '../common/json';
import { foldCase, foldSpelling, foldTyping } from '../common/spelling';
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
			'Go on with these replies only. Case, accents and punctuation around them do not matter, unless two of them differ by nothing else. In an e-mail, a signature and what it quotes do not count.',
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

/** Above the number of signs that people put around a reply. */
const MAX_SIGNS = 1_000;

/** The accents of a text may be characters of their own, so that it is longer than the spelling. */
const MAX_GROWTH = 4;

/**
 * The accepted reply that a customer's text stands for, as the user spelled it. Two of them may differ
 * by no more than a sign or an accent, so an exact spelling comes first; a similar one counts only when
 * no other is similar.
 *
 * @returns undefined when there is none, or no telling which
 */
export function choiceIn(text: string, choices: Choice[]): string | undefined {
	const written = text.trim();
	const longest = choices
		.flatMap(spellingsOf)
		.reduce((max, { length }) => Math.max(max, length), 0);
	if (written.length > MAX_GROWTH * longest + MAX_SIGNS) return undefined;
	const [exact] = repliesLike(written, choices, foldCase);
	if (exact !== undefined) return exact;
	for (const form of [foldTyping, foldSpelling]) {
		const [similar, another] = repliesLike(written, choices, form);
		if (similar !== undefined && another === undefined) return similar;
	}
	return undefined;
}

export function spellingsOf({ reply, alsoAccept }: Choice): string[] {
	return [reply, ...alsoAccept];
}

/** The replies with a spelling that has the same form as the text, each once. */
function repliesLike(text: string, choices: Choice[], form: (text: string) => string): string[] {
	const folded = form(text);
	if (folded === '') return [];
	const matching = choices.filter((choice) =>
		spellingsOf(choice).some((spelling) => form(spelling) === folded),
	);
	return [...new Set(matching.map(({ reply }) => reply))];
}
