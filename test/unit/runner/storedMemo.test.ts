import { readSettled, readStoredMemo } from '../../../nodes/Instaply/runner/storedMemo';

/** What version 0.1.0 stores with an execution, to the letter. */
const STORED_BY_0_1_0 = {
	runIndex: 0,
	executionId: '17',
	items: {
		0: { outputs: [{ customerThreadId: '123456', sent: true, via: 'text', response: null }] },
		1: {
			message: 'It is not known whether the customer got this message',
			description: 'The connection ended before Instaply answered.',
			failure: { cause: 'temporarily-unavailable' },
			isOutcomeUnknown: true,
		},
		2: {
			message: 'Instaply asks to slow down',
			description: 'Too many requests were made in a short time.',
			httpStatus: 429,
			failure: { cause: 'rate-limited', retryAfterMs: 1000 },
			isOutcomeUnknown: false,
		},
	},
};

describe('The stored memo', () => {
	it('is read as version 0.1.0 stores it', () => {
		const stored = readStoredMemo(STORED_BY_0_1_0);
		expect(stored).toEqual(STORED_BY_0_1_0);
		for (const entry of Object.values(stored?.items ?? {})) {
			expect(readSettled(entry)).toEqual(entry);
		}
	});

	it('knows what an earlier execution settled, if that is a list of items', () => {
		const memo = { runIndex: 0, executionId: '17', items: {} };
		const read = (settledBefore: unknown) => readStoredMemo({ ...memo, settledBefore });
		expect(read([0, 2])).toEqual({ ...memo, settledBefore: [0, 2] });
		expect(read([0, '2', null])).toEqual({ ...memo, settledBefore: [0] });
		expect(read('0')).toEqual(memo);
	});

	it.each([undefined, null, 'x', 1, [], {}, { items: [] }, { executionId: '1', items: null }])(
		'is ignored when it is something else: %j',
		(stored) => {
			expect(readStoredMemo(stored)).toBeUndefined();
		},
	);

	it.each([
		null,
		'sent',
		{},
		{ outputs: 'sent' },
		{ outputs: [null] },
		{ outputs: ['sent'] },
		{ message: 'Refused', description: 'Correct it.' },
		{ message: 1, description: 'Correct it.', isOutcomeUnknown: true },
	])('has no entry of an unknown shape: %j', (entry) => {
		expect(readSettled(entry)).toBeUndefined();
	});

	it.each([{ cause: 'bad-luck' }, { cause: 'rate-limited', retryAfterMs: '1' }, 'rate-limited'])(
		'leaves out a classification that n8n does not know: %j',
		(failure) => {
			const entry = { message: 'Refused', description: 'Correct it.', isOutcomeUnknown: false };
			expect(readSettled({ ...entry, failure })).toEqual(entry);
		},
	);
});
