import { choiceIn } from '../../../nodes/Instaply/replies/acceptedReplies';
import {
	clarificationFor,
	isWaitSettings,
	questionText,
	waitSettings,
	type WaitSettings,
} from '../../../nodes/Instaply/replies/settings';

/** As executions that wait have stored it. */
const STORED: WaitSettings = {
	choices: [{ reply: 'Yes', alsoAccept: ['1', 'ok'] }],
	maxTries: 3,
	clarification: 'Yes or no?',
	isReview: false,
};

describe('The settings of a question', () => {
	it('are stored in a shape that later versions read', () => {
		const options = {
			acceptedReplies: STORED.choices,
			clarification: 'Yes or no?',
			maxTries: 3,
		};
		expect(waitSettings(options, false)).toEqual(STORED);
		expect(isWaitSettings(STORED)).toBe(true);
		expect(isWaitSettings({ choices: [], maxTries: 1, isReview: true })).toBe(true);
	});

	it.each([
		undefined,
		null,
		[],
		'settings',
		{},
		{ ...STORED, choices: undefined },
		{ ...STORED, choices: ['Yes'] },
		{ ...STORED, choices: [{ reply: 'Yes' }] },
		{ ...STORED, choices: [{ reply: 'Yes', alsoAccept: [1] }] },
		{ ...STORED, maxTries: '3' },
		{ ...STORED, clarification: null },
		{ ...STORED, isReview: undefined },
		{ ...STORED, replyType: 'text' },
		{ ...STORED, replyType: 'colour' },
		{ ...STORED, clarificationWhenUnclear: 1 },
		{ ...STORED, isListed: 'yes' },
	])('are not %j', (stored) => {
		expect(isWaitSettings(stored)).toBe(false);
	});

	it('accept a yes in a review, and take one reply, when no others were chosen', () => {
		expect(waitSettings({}, true)).toEqual({
			choices: [{ reply: 'yes', alsoAccept: ['y', 'oui', 'ok', 'si', 'ja', '1'] }],
			maxTries: 1,
			isReview: true,
		});
		const choices = [{ reply: 'Go', alsoAccept: [] }];
		expect(waitSettings({ acceptedReplies: choices }, true)).toMatchObject({
			choices,
			maxTries: 3,
			isReview: true,
		});
	});

	it('hold the type of the reply, and the answers to others', () => {
		const settings = waitSettings(
			{ replyType: 'date', clarification: 'When?', clarificationWhenUnclear: 'As 4 March.' },
			false,
		);
		expect(settings).toEqual({
			choices: [],
			maxTries: 3,
			clarification: 'When?',
			clarificationWhenUnclear: 'As 4 March.',
			isReview: false,
			replyType: 'date',
		});
		expect(isWaitSettings(settings)).toBe(true);
	});

	it('hold that the replies are listed, also below what is asked again', () => {
		const acceptedReplies = [
			{ reply: 'yes', alsoAccept: [] },
			{ reply: 'no', alsoAccept: [] },
		];
		const options = { acceptedReplies, listReplies: true };
		const listed = { choices: acceptedReplies, maxTries: 3, isReview: false, isListed: true };
		expect(waitSettings(options, false)).toEqual(listed);
		const settings = waitSettings({ ...options, clarification: 'Sorry?' }, false);
		expect(settings).toEqual({ ...listed, clarification: 'Sorry?\n\n1. yes\n2. no' });
		expect(isWaitSettings(settings)).toBe(true);
	});

	it.each([
		[{ replyType: 'number', acceptedReplies: STORED.choices }, false, "'Reply Type' Number"],
		[{ replyType: 'email', acceptedReplies: STORED.choices }, false, 'E-Mail Address'],
		[{ replyType: 'date' }, true, 'human review'],
		[{ listReplies: true }, false, 'needs replies to list'],
		[{ listReplies: true }, true, 'needs replies to list'],
	] as const)('cannot be %j (review: %j)', (options, isReview, message) => {
		const given = {
			...options,
			acceptedReplies: 'acceptedReplies' in options ? options.acceptedReplies : undefined,
		};
		expect(() => waitSettings(given, isReview)).toThrow(
			expect.objectContaining({
				message: expect.stringContaining(message),
				description: expect.stringMatching(/^(The customer|Nobody) was (not )?asked\./),
			}),
		);
	});
});

describe('The text of a question', () => {
	const acceptedReplies = [{ reply: 'Go', alsoAccept: [] }];

	it.each([
		[{}, false, 'Is it you? '],
		[{ acceptedReplies }, false, 'Is it you? '],
		[{ acceptedReplies, listReplies: true }, false, 'Is it you?\n\n1. Go'],
		[{ acceptedReplies }, true, 'Is it you? '],
		[{}, true, 'Is it you?\n\nAnswer yes to allow it.'],
	])('with %j (review: %j) is %j', (options, isReview, text) => {
		expect(questionText('Is it you? ', options, isReview)).toBe(text);
	});
});

describe('A review without accepted replies', () => {
	const { choices } = waitSettings({}, true);

	it.each(['yes', 'Yes!', 'y', 'oui', 'ok', 'Ok.', 'si', 'Sí', 'sì', 'ja', 'Ja', '1'])(
		'is allowed by %s',
		(text) => {
			expect(choiceIn(text, choices)).toBe('yes');
		},
	);

	it.each(['no', 'non', 'nein', 'nee', 'não', 'ne', 'nej', 'nu', 'nai', 'not yes', '2', '👎'])(
		'is not allowed by %s',
		(text) => {
			expect(choiceIn(text, choices)).toBeUndefined();
		},
	);
});

describe('What is sent after a reply that is not accepted', () => {
	const refused = { fields: {}, isAccepted: false };
	const settings = { choices: [], maxTries: 3, isReview: false };

	it.each([
		[{}, undefined, undefined],
		[{ clarification: 'Sorry?' }, 'Sorry?', 'Sorry?'],
		[{ clarificationWhenUnclear: 'Which?' }, undefined, 'Which?'],
		[{ clarification: 'Sorry?', clarificationWhenUnclear: 'Which?' }, 'Sorry?', 'Which?'],
	])('with %j is %j, or %j when it is unclear', (texts, other, unclear) => {
		const given = { ...settings, ...texts };
		expect(clarificationFor({ ...refused, isUnclear: false }, given)).toBe(other);
		expect(clarificationFor({ ...refused, isUnclear: true }, given)).toBe(unclear);
	});
});
