import type { IWebhookFunctions } from 'n8n-workflow';

import { accountOf } from '../../../nodes/Instaply/api/account';

/** A delivery to a node with this credential; `reads` says how often it was read. */
function delivery(token: string | undefined) {
	const seen = { reads: 0 };
	const context: Pick<IWebhookFunctions, 'getCredentials'> = {
		async getCredentials<T extends object>() {
			seen.reads += 1;
			return { token, baseUrl: 'https://me.instaply.com' } as T;
		},
	};
	return { seen, context: context as IWebhookFunctions };
}

describe('The account of a delivery', () => {
	it('is read from its credential once', async () => {
		const { seen, context } = delivery('secret');
		const [one, other] = await Promise.all([accountOf(context), accountOf(context)]);
		expect(one).not.toBe('');
		expect([other, await accountOf(context)]).toEqual([one, one]);
		expect(seen.reads).toBe(1);
	});

	it('differs by token, and is read anew for each', async () => {
		const accounts = ['A', 'A', 'B'].map(async (token) => await accountOf(delivery(token).context));
		const [one, same, other] = await Promise.all(accounts);
		expect(same).toBe(one);
		expect(other).not.toBe(one);
	});

	it('is empty without a credential that can be read', async () => {
		expect(await accountOf(delivery(undefined).context)).toBe('');
	});
});
