import type { WaitSettings } from '../../../nodes/Instaply/replies/settings';
import { judge } from '../../../nodes/Instaply/replies/verdict';

const ALL: WaitSettings = { choices: [], maxTries: 3, isReview: false };
const YES_OR_NO: WaitSettings = {
	...ALL,
	choices: [
		{ reply: 'yes', alsoAccept: ['ok'] },
		{ reply: 'no', alsoAccept: [] },
	],
};
const written = (text: string, channel: string | null = 'webchat') => ({
	text,
	channel,
	time: Date.UTC(2026, 2, 1, 23),
	timezone: 'Europe/Berlin',
});
/** With what most programs put below a reply. */
const byEmail = (text: string) =>
	written(
		`${text}\n\nSent from my iPhone\n\nOn 1 Mar 2026, at 10:30, Shop <shop@example.com> wrote:\n\n> +33 6 99 99 99 99, 1. yes\n`,
		'email',
	);

describe('A reply', () => {
	it('is accepted, whatever it is, without accepted replies and without a type', () => {
		expect(judge(written('Hm'), ALL)).toEqual({ fields: {}, isAccepted: true, isUnclear: false });
	});

	it.each([
		['OK', 'yes'],
		['Hm', null],
		['1', null],
	])('%j is the accepted reply %j', (text, choice) => {
		const isAccepted = choice !== null;
		const fields = { choice, matched: isAccepted };
		expect(judge(written(text), YES_OR_NO)).toEqual({ fields, isAccepted, isUnclear: false });
	});

	it.each([
		['2', 'no'],
		['OK', 'yes'],
		['3', null],
	])('%j is the listed reply %j', (text, choice) => {
		const { fields } = judge(written(text), { ...YES_OR_NO, isListed: true });
		expect(fields.choice).toBe(choice);
	});

	it('is the spelling that the user accepts before it is a number of the list', () => {
		const choices = ['1', '2'].map((reply) => ({ reply, alsoAccept: [] }));
		const { fields } = judge(written('2'), { ...ALL, choices, isListed: true });
		expect(fields.choice).toBe('2');
	});

	it.each([
		['number', 'We are 4,5', 4.5],
		['email', 'It is Ada@Example.com.', 'ada@example.com'],
		['phoneNumber', '+33 6 12 34 56 78', '+33612345678'],
		['date', '31.12.', '2026-12-31'],
		// In Berlin, it is 2 March already.
		['date', 'today', '2026-03-02'],
	] as const)('of the type %s, %j, has the value %j', (replyType, text, value) => {
		const accepted = { fields: { value, matched: true }, isAccepted: true, isUnclear: false };
		expect(judge(written(text), { ...ALL, replyType })).toEqual(accepted);
		expect(judge(byEmail(text), { ...ALL, replyType })).toEqual(accepted);
	});

	it.each([
		['number', 'Hm', false],
		['number', '1.234', true],
		['email', 'ada at example.com', false],
		['email', 'ada@example', true],
		['phoneNumber', 'call me', false],
		['phoneNumber', '06 12 34 56 78', true],
		['date', 'soon', false],
		['date', '31 February', true],
		['number', `4${' '.repeat(1_000)}`, true],
	] as const)('of the type %s, %j, is none; unclear: %j', (replyType, text, isUnclear) => {
		const refused = { fields: { value: null, matched: false }, isAccepted: false, isUnclear };
		expect(judge(written(text), { ...ALL, replyType })).toEqual(refused);
	});

	it('by e-mail is a number of the list without signature and quotes', () => {
		expect(judge(byEmail('2'), { ...YES_OR_NO, isListed: true }).fields.choice).toBe('no');
	});
});

describe('No reply', () => {
	it.each([
		[ALL, {}],
		[YES_OR_NO, { choice: null, matched: false }],
		[
			{ ...ALL, replyType: 'date' },
			{ value: null, matched: false },
		],
	] as Array<[WaitSettings, object]>)('to %j says %j', (settings, fields) => {
		expect(judge(undefined, settings).fields).toEqual(fields);
	});
});

describe('A review', () => {
	const review: WaitSettings = { ...YES_OR_NO, isReview: true };

	it('is approved by the first accepted reply', () => {
		expect(judge(written('ok'), review).fields).toEqual({
			choice: 'yes',
			matched: true,
			approved: true,
		});
	});

	it('is not by anything else, which the model is told', () => {
		expect(judge(written('Not now'), review).fields).toMatchObject({
			approved: false,
			chatInput: 'Not now',
		});
	});
});
