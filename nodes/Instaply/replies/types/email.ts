import { plainSigns } from '../../common/spelling';
import { onlyOne, type Reading } from './reading';

/** What people and programs put around an address. */
const AROUND = /[\s<>()[\],;"\u3001\u3002\uff0c\uff1b]+/u;
const SCHEME = /^mailto:/i;
const ENDS: ReadonlySet<string> = new Set([...".!?:'*`"]);

/** RFC 5321. */
const MAX_LENGTH = 254;
const MAX_NAME_LENGTH = 64;

const NAME_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u;
const DOMAIN_PART = /^[\p{L}\p{M}\p{N}-]+$/u;

/** The only e-mail address in a text, in lower case: phones begin it with a capital. */
export function readEmail(text: string): Reading<string> {
	const candidates = plainSigns(text)
		.normalize('NFKC')
		.split(AROUND)
		.filter((word) => word.includes('@'))
		.map((word) => withoutEnds(word.replace(SCHEME, '')).toLowerCase());
	const reading = onlyOne(candidates);
	return typeof reading === 'string' || isAddress(reading.value) ? reading : 'unclear';
}

/** Without the punctuation around it. */
function withoutEnds(word: string): string {
	let [start, end] = [0, word.length];
	while (start < end && ENDS.has(word[start] ?? '')) start += 1;
	while (end > start && ENDS.has(word[end - 1] ?? '')) end -= 1;
	return word.slice(start, end);
}

function isAddress(text: string): boolean {
	const [name = '', domain = '', ...more] = text.split('@');
	if (text.length > MAX_LENGTH || name.length > MAX_NAME_LENGTH || more.length > 0) return false;
	const labels = domain.split('.');
	const [top = ''] = labels.slice(-1);
	return (
		name.split('.').every((part) => NAME_PART.test(part)) &&
		labels.length > 1 &&
		labels.every((label) => DOMAIN_PART.test(label) && !/^-|-$/.test(label)) &&
		top.length > 1 &&
		/\p{L}/u.test(top)
	);
}
