import { messageIn, quoted } from '../../../nodes/Instaply/api/errorMessage';
import type { Json } from '../../../nodes/Instaply/common/json';

describe('messageIn', () => {
	const LONG = 'a'.repeat(400);
	it.each<[string, Json, string]>([
		['developerMessage', { developerMessage: 'So it is' }, 'So it is'],
		['message', { message: 'So it is' }, 'So it is'],
		['error', { error: 'So it is' }, 'So it is'],
		['errors', { errors: [{ message: 'So it is' }, { message: 'And so' }] }, 'So it is'],
		['errors that are text', { errors: ['So it is'] }, 'So it is'],
		['an error that is an object', { error: { message: 'So it is' } }, 'So it is'],
		['the best of several', { error: 'Bad', message: 'Better', developerMessage: 'Best' }, 'Best'],
		['the next best of several', { developerMessage: '', message: 'So it is' }, 'So it is'],
		['the next best when one is null', { developerMessage: null, error: 'So it is' }, 'So it is'],
		['text', 'So it is', 'So it is'],
		['text that begins with a bracket', '[Thread] So it is', '[Thread] So it is'],
		['text without its period', 'So it is.', 'So it is'],
		['text on one line', '  So\n it\t is  ', 'So it is'],
		['text that compares', '1 < 2', '1 < 2'],
		['long text, shortened', LONG, `${'a'.repeat(300)}…`],
	])('finds the sentence in %s', (_, content, sentence) => {
		expect(messageIn(content)).toBe(sentence);
		expect(quoted(content)).toBe(` Instaply says: “${sentence}”.`);
	});

	it.each<[string, Json]>([
		['nothing', ''],
		['spaces', ' \n '],
		['a web page', '<!DOCTYPE html><html><h1>So it is</h1></html>'],
		['a web page in JSON', { message: '<html>So it is</html>' }],
		['null', null],
		['a number', 17],
		['true', true],
		['an empty list', []],
		['a list of nothing', [null]],
		['an empty object', {}],
		['other fields', { code: 17, details: 'So it is' }],
		['empty fields', { message: '', error: ' ' }],
		['fields that are no text', { message: 17, error: false, errors: [] }],
		['JSON that was too much to be read', '[[["So it is"]]]'],
		['an object that was too much to be read', ' {"message":"So it is"'],
		['lists in lists, however deep', JSON.parse(`${'['.repeat(9)}"Deep"${']'.repeat(9)}`)],
	])('finds no sentence in %s', (_, content) => {
		expect(messageIn(content)).toBeUndefined();
		expect(quoted(content)).toBe('');
	});
});
