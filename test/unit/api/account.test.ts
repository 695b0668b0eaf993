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

describe('The account of a registration', () => {
	it('is read from the credential once, for all of its deliveries', async () => {
		const [first, second] = [delivery('token'), delivery('token')];
		const [one, other] = await Promise.all([
			accountOf(first.context, 'once'),
			accountOf(second.context, 'once'),
		]);
		expect(one).not.toBe('');
		expect([other, await accountOf(first.context, 'once')]).toEqual([one, one]);
		expect(first.seen.reads + second.seen.reads).toBe(1);
	});

	it('differs by token, and is the same in another registration with the same one', async () => {
		const accounts = ['A', 'A', 'B'].map(
			async (token, index) => await accountOf(delivery(token).context, `registration ${index}`),
		);
		const [one, same, other] = await Promise.all(accounts);
		expect(same).toBe(one);
		expect(other).not.toBe(one);
	});

	it('is empty without a credential that can be read, and read again at the next delivery', async () => {
		expect(await accountOf(delivery(undefined).context, 'unreadable')).toBe('');
		expect(await accountOf(delivery('token').context, 'unreadable')).not.toBe('');
	});
});
