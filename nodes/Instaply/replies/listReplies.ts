import { toAsciiDigits } from '../common/digits';
import { InstaplyError } from '../common/InstaplyError';
import { foldSpelling } from '../common/spelling';
import { field } from '../parameters/field';
import * as parse from '../parameters/parse';
import { spellingsOf, type Choice } from './acceptedReplies';

export const listReplies = field(
	{
		displayName: 'List Replies',
		name: 'listReplies',
		type: 'boolean',
		default: false,
		description:
			'Whether to put the accepted replies below the question, numbered from 1. A number is then a reply, too.',
	},
	parse.boolean,
);

/** A text with the accepted replies below it, numbered from 1. */
export function withList(text: string, choices: Choice[]): string {
	const lines = choices.map(({ reply }, index) => `${index + 1}. ${reply}`);
	return `${text.trimEnd()}\n\n${lines.join('\n')}`;
}

/** `1`, `1.`, `Nr. 1`, `option 1`, `①`. English `no` is missing: it is a reply more often than that. */
const NUMBER =
	/^(?:(?:nr|num|numero|number|nummer|numer|option|opcion|opzione|opcao|optie)\.? ?)?0{0,3}(\d{1,4})$/;

/** No such number is longer, with signs around it. */
const MAX_LENGTH = 100;

/**
 * The accepted reply whose number in the list a text is.
 *
 * @returns undefined when it is none
 */
export function choiceByNumber(text: string, choices: Choice[]): string | undefined {
	const number = listNumber(text);
	return number === undefined ? undefined : choices[number - 1]?.reply;
}

function listNumber(text: string): number | undefined {
	if (text.length > MAX_LENGTH) return undefined;
	const sign = text.replace('№', 'nr ');
	const [, digits] = NUMBER.exec(toAsciiDigits(foldSpelling(sign))) ?? [];
	return digits === undefined ? undefined : Number(digits);
}

/**
 * An accepted reply that is a number itself may only be listed under that number: of the replies 2, 4
 * and 6, which one would a customer mean with 2?
 *
 * @throws InstaplyError naming the first that stands elsewhere
 */
export function assertListable(choices: Choice[]): void {
	const { displayName } = listReplies.property;
	if (choices.length === 0) {
		throw new InstaplyError(`'${displayName}' needs replies to list`, {
			description: `The customer was not asked. Add 'Accepted Replies', or remove the option '${displayName}'.`,
		});
	}
	for (const [index, choice] of choices.entries()) {
		for (const spelling of spellingsOf(choice)) {
			const number = listNumber(spelling);
			if (number === undefined || number === index + 1) continue;
			if (choices[number - 1] === undefined) continue;
			throw new InstaplyError(
				`The replies cannot be listed: '${spelling}' would be number ${index + 1}`,
				{
					description: `The customer was not asked. Who answers with ${number} could mean that reply, or number ${number} in the list. Remove the option '${displayName}', or change the order or the spelling of the accepted replies.`,
				},
			);
		}
	}
}
