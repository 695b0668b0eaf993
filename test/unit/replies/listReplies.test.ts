import {
	assertListable,
	choiceByNumber,
	withList,
} from '../../../nodes/Instaply/replies/listReplies';

const choicesOf = (...replies: Array<string | [reply: string, ...alsoAccept: string[]]>) =>
	replies.map((entry) => {
		const [reply, ...alsoAccept] = typeof entry === 'string' ? [entry] : entry;
		return { reply, alsoAccept };
	});

const COLOURS = choicesOf('red', 'green', 'blue');

describe('A list of replies', () => {
	it('stands below the question, numbered from 1', () => {
		expect(withList('Which colour? \n', COLOURS)).toBe(
			'Which colour?\n\n1. red\n2. green\n3. blue',
		);
	});

	it.each([
		...['2', ' 2 ', '2.', '2)', '(2)', '#2', '2!', 'Nr. 2', 'nr 2', 'Nr.2', '№ 2', '№2', '02'],
		...['number 2', 'Number 2!', 'Nummer 2', 'numéro 2', 'número 2', 'option 2', 'Opción 2'],
		...['２', '２．', '②', '⒉', '⑵', '2️⃣', '٢', '२', '\u200f2\u200f'],
	])('%j is its second', (text) => {
		expect(choiceByNumber(text, COLOURS)).toBe('green');
	});

	it.each([
		'0',
		'4',
		'-',
		'1 2',
		'2 or 3',
		'2nd',
		'no 2',
		'No. 2',
		'two',
		'1.5',
		'22',
		'',
		'2'.repeat(200),
	])('%j is none of it', (text) => {
		expect(choiceByNumber(text, COLOURS)).toBeUndefined();
	});
});

describe('Replies that are numbers', () => {
	it.each([
		[choicesOf('1', '2', '3')],
		[choicesOf(['yes', '1'], ['no', '2'])],
		[choicesOf('10', '20')],
		[choicesOf('yes', 'no')],
		[choicesOf(['later', '24 h'], 'never')],
	])('can be listed where a number means one of them alone: %j', (choices) => {
		expect(() => assertListable(choices)).not.toThrow();
	});

	it.each([
		[choicesOf('2', '4'), '2', 1],
		[choicesOf(['no', '2'], ['yes', '1']), '2', 1],
		[choicesOf('none', 'one', ['two', '①']), '①', 3],
	])('cannot be listed at the place of another: %j', (choices, spelling, place) => {
		expect(() => assertListable(choices)).toThrow(
			expect.objectContaining({
				message: `The replies cannot be listed: '${spelling}' would be number ${place}`,
				description: expect.stringMatching(/^The customer was not asked\. /),
			}),
		);
	});

	it('cannot be listed without any', () => {
		expect(() => assertListable([])).toThrow(/needs replies to list/);
	});
});
