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

	it.each([
		["d'accord", 'D’accord'],
		['d’accord', "D'ACCORD !"],
		["d'accord", 'd´accord'],
		["d'accord", 'd`accord'],
		['5" screen', '5” screen'],
		['5 - 7', '5 – 7'],
		['t-shirt', 'T‑Shirt'],
		['hayır', 'HAYIR'],
		['hayır', 'hayir'],
		['iyi', 'İYİ'],
		['groß', 'GROSS'],
		['Straße', 'STRASSE.'],
		['STRASSE', 'straße'],
		['ﬁn', 'FIN'],
		['marché', 'MARCHE'],
		['ναί', 'ΝΑΙ'],
		['όχι', 'οχι!'],
		['ещё', 'ЕЩЕ'],
		['еще', 'ещё'],
		['はい', 'はい。'],
		['ガ', 'ｶﾞ'],
		['कि', 'कि।'],
		['हाँ', ' हाँ '],
		['ไม่', '“ไม่”'],
		['yes', '\u200fyes\u200e'],
		['yes', '\u202ayes\u202c'],
		['yes', 'ＹＥＳ！'],
		['non merci', 'non\u00a0merci'],
		['1', '1️⃣'],
		['❤', '❤️'],
		['👨‍👩‍👧', '👨‍👩‍👧'],
	])('%j is what %j means', (reply, text) => {
		expect(choiceIn(text, [{ reply, alsoAccept: [] }])).toBe(reply);
	});

	it.each([
		['はい', 'ばい'],
		['はい', 'ぱい'],
		['कि', 'कु'],
		['हाँ', 'हूँ'],
		['ไม่', 'ไม้'],
		['ไม่', 'ไม'],
		['мой', 'мои'],
		['لا', 'لأ'],
		['👍', '👎'],
		['🇫🇷', '🇩🇪'],
		['\ud83d', '\ude00'],
		['\u200b', ''],
		['\u200b', '\u200f'],
	])('%j is not what %j means', (reply, text) => {
		expect(choiceIn(text, [{ reply, alsoAccept: [] }])).toBeUndefined();
	});

	it.each([
		[['1', '-1'], '−1', '-1'],
		[['Maße', 'Masse'], 'MASSE', 'Masse'],
		[['Mässe', 'Maße'], 'MASSE', 'Maße'],
		[["5'", '5"'], '5″', '5"'],
		[['hayir', 'hayır'], 'hayır', 'hayır'],
	])('of %j in %j is %j, which is typed so', (replies, text, expected) => {
		const choices = replies.map((reply) => ({ reply, alsoAccept: [] }));
		expect(choiceIn(text, choices)).toBe(expected);
	});

	it('is looked for in a text as long as any spelling, with signs around it', () => {
		const reply = 'ế'.repeat(5_000);
		const text = `${'!'.repeat(400)}${reply.normalize('NFD')}${'?'.repeat(400)}`;
		expect(choiceIn(text, [{ reply, alsoAccept: [] }])).toBe(reply);
		expect(choiceIn(`yes${' '.repeat(100_000)}`, CHOICES)).toBe('Yes');
		expect(choiceIn(`yes${'!'.repeat(100_000)}`, CHOICES)).toBeUndefined();
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
