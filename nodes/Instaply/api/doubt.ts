import { isJsonObject, type Json } from '../common/json';
import { quoted } from './errorMessage';

/**
 * Says why a write may not have been done, although its status is one of success. What Instaply
 * responds to writes is documented nowhere, so all content counts as done but:
 * - markup, which no API writes: a page of whatever stands before Instaply. Content-Type does not
 *   decide: some servers call all that they send HTML.
 * - JSON that says so itself (assumed): `error` or `errors` that are not empty, `success` or `ok` that
 *   are a no, a `result` or `status` that is a no or a word of failure, a `status` of 4xx or 5xx.
 *
 * @returns undefined when the write counts as done
 */
export function doubtAbout(content: Json): string | undefined {
	if (typeof content === 'string') return isMarkup(content) ? WEB_PAGE : undefined;
	return denies(content)
		? `Instaply answered as if all went well, but the answer itself says otherwise.${quoted(content)}`
		: undefined;
}

const WEB_PAGE =
	"A web page came back in place of Instaply's answer, such as one to sign in or about maintenance. If this goes on, check 'Base URL' in the Instaply credential.";

function isMarkup(text: string): boolean {
	return /^\s*<|<(?:!doctype|html|head|body)\b/i.test(text);
}

/** Tells whether a response says of itself that what was requested was not done, as said above. */
export function denies(content: Json): boolean {
	if (!isJsonObject(content)) return content === false;
	const { error, errors, success, ok, result, status } = content;
	return (
		!isNothing(error) ||
		!isNothing(errors) ||
		[success, ok].some((value) => NO.includes(wordOf(value))) ||
		[result, status].some((value) => WORDS_OF_FAILURE.includes(wordOf(value))) ||
		/^[45]\d\d$/.test(wordOf(status))
	);
}

const NO = ['false', 'no', '0'];
const NOTHING = ['', 'none', 'null', 'ok', ...NO];
const WORDS_OF_FAILURE = ['error', 'fail', 'failed', 'failure', 'ko', 'nok', 'false'];

/** Such as `null`, `false`, 0, `"none"`, `[]` and `{ "message": "" }`. */
function isNothing(value: Json | undefined): boolean {
	return typeof value === 'object' && value !== null
		? Object.values(value).every(isNothing)
		: NOTHING.includes(wordOf(value));
}

function wordOf(value: Json | undefined): string {
	const isPlain = value !== undefined && typeof value !== 'object';
	return isPlain ? String(value).trim().toLowerCase() : '';
}
