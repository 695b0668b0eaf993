import {
	acceptedReplies,
	choiceIn,
	type Choice,
} from '../../../nodes/Instaply/replies/acceptedReplies';

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
		['👍🏽', 'Yes'],
		['👍🏿', 'Yes'],
		['Non  merci', 'No'],
		['2)', 'No'],
	])('%j means %j', (text, expected) => {
		expect(choiceIn(text, CHOICES)).toBe(expected);
	});

	it.each(['', ' ', 'yesterday', 'yes and no', '12', '!', '👎', 'merci'])('%j is none', (text) => {
		expect(choiceIn(text, CHOICES)).toBeUndefined();
	});

	it.each([
		[['<50', '>50'], '>50'],
		[['A+', 'A-'], ' a- '],
		[['1', '-1'], '-1'],
		[['marche', 'marché'], 'MARCHÉ'],
		[['marche', 'marché'], 'marche\u0301'],
		[['かき', 'かぎ'], 'かぎ'],
		[['x²', 'x2'], 'X2'],
	])('of %j in %j is the one that is spelled so', (replies, text) => {
		const spelled = text.normalize('NFC').trim().toLowerCase();
		const choices = replies.map((reply) => ({ reply, alsoAccept: [] }));
		expect(choiceIn(text, choices)?.toLowerCase()).toBe(spelled);
	});

	it('is the one that is spelled so before one that is alike', () => {
		const choices = [
			{ reply: 'more', alsoAccept: ['+'] },
			{ reply: 'plus', alsoAccept: ['¡más!'] },
			{ reply: 'but', alsoAccept: ['mas'] },
		];
		expect(choiceIn('mas', choices)).toBe('but');
		expect(choiceIn('+', choices)).toBe('more');
	});

	it.each([
		[['<50', '>50'], '50'],
		[['A+', 'A-'], 'A'],
		[['Marche!', 'Marché.'], 'marche'],
	])('of %j in %j is none, as it may be either', (replies, text) => {
		const choices = replies.map((reply) => ({ reply, alsoAccept: [] }));
		expect(choiceIn(text, choices)).toBeUndefined();
	});

	it('is clear when all that is alike belongs to one reply', () => {
		const choices = [{ reply: 'yes', alsoAccept: ['sí', 'si!'] }, ...CHOICES.slice(1)];
		expect(choiceIn('SI.', choices)).toBe('yes');
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
