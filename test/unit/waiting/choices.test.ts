import { acceptedReplies, choiceIn, type Choice } from '../../../nodes/Instaply/waiting/choices';

const CHOICES: Choice[] = [
	{ reply: 'Yes', alsoAccept: ['1', 'oui', 'sí', '👍'] },
	{ reply: 'No', alsoAccept: ['2', 'non merci'] },
];

describe('The accepted reply in a text', () => {
	it.each([
		['Yes', 'Yes'],
		['yes', 'Yes'],
		['  YES ', 'Yes'],
		['Yes!', 'Yes'],
		['«oui»', 'Yes'],
		['si', 'Yes'],
		['SÍ.', 'Yes'],
		['1', 'Yes'],
		['1.', 'Yes'],
		['👍', 'Yes'],
		['Non  merci', 'No'],
		['2)', 'No'],
	])('%j means %j', (text, expected) => {
		expect(choiceIn(text, CHOICES)).toBe(expected);
	});

	it.each(['', ' ', 'yesterday', 'yes and no', '12', '!', '👎', 'merci'])('%j is none', (text) => {
		expect(choiceIn(text, CHOICES)).toBeUndefined();
	});

	it('is the first of two that are spelled alike', () => {
		const alike = [
			{ reply: 'a', alsoAccept: ['x'] },
			{ reply: 'b', alsoAccept: ['X'] },
		];
		expect(choiceIn('x', alike)).toBe('a');
	});
});

describe("What 'Accepted Replies' holds", () => {
	const read = (value: unknown) => acceptedReplies.value(() => value);

	it.each([
		[{}, []],
		[
			{ reply: [{ reply: ' yes ', alsoAccept: '1, ok ,' }] },
			[{ reply: 'yes', alsoAccept: ['1', 'ok'] }],
		],
		[{ reply: [{ reply: 1 }] }, [{ reply: '1', alsoAccept: [] }]],
		[
			['yes', 'no'],
			[
				{ reply: 'yes', alsoAccept: [] },
				{ reply: 'no', alsoAccept: [] },
			],
		],
	])('%j is read as %j', (value, expected) => {
		expect(read(value)).toEqual(expected);
	});

	it.each([
		null,
		'yes',
		7,
		{ reply: 'yes' },
		{ reply: [{ reply: '' }] },
		{ reply: [{ reply: {} }] },
	])('%j is refused', (value) => {
		expect(() => read(value)).toThrow(/^'Accepted Replies/);
	});
});
