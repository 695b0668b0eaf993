import {
	isWaitSettings,
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
	])('are not %j', (stored) => {
		expect(isWaitSettings(stored)).toBe(false);
	});

	it('accept a yes in a review, and take one reply, when no others were chosen', () => {
		expect(waitSettings({}, true)).toEqual({
			choices: [{ reply: 'yes', alsoAccept: ['y', 'ok', '1'] }],
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
});
