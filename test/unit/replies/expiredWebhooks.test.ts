/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setImmediate as aTurn } from 'node:timers/promises';

import type { RegisteredWebhook } from '../../../nodes/Instaply/api/responses';
import { isExpired, removeExpiredWebhooks } from '../../../nodes/Instaply/replies/expiredWebhooks';
import { ticketToQuery } from '../../../nodes/Instaply/replies/resumeTicket';

const UNTIL = 2000;
const urlOf = (fingerprint: string) =>
	`https://n8n.example.com/webhook-waiting/7/node?${new URLSearchParams(
		ticketToQuery({ customerThreadId: '123456', fingerprint, since: 1000, until: UNTIL }),
	)}&signature=x`;

describe('An expired webhook', () => {
	const TEN_MINUTES = 10 * 60_000;

	it('is one whose wait ended longer ago than clocks may differ', () => {
		expect(isExpired(urlOf('abc'), UNTIL + TEN_MINUTES)).toBe(false);
		expect(isExpired(urlOf('abc'), UNTIL + TEN_MINUTES + 1)).toBe(true);
	});

	it.each(['https://example.com/hook', undefined])('is never that of others: %s', (url) => {
		expect(isExpired(url, Number.MAX_SAFE_INTEGER)).toBe(false);
	});
});

/** An Instaply that removes a webhook when it is told to. */
function account(registered: RegisteredWebhook[]) {
	const open: Array<{ ids: string[]; end: (error?: Error) => void }> = [];
	const begun: string[] = [];
	return {
		begun,
		open,
		/** Ends what is under way, and all that follows. */
		async endAll(error?: Error) {
			for (let next = open.shift(); next !== undefined; next = open.shift()) {
				next.end(error);
				await aTurn();
			}
		},
		webhooks: async () => registered,
		removeWebhooks: async (ids: string[]) => {
			begun.push(...ids);
			await new Promise<void>((resolve, reject) => {
				open.push({ ids, end: (error) => (error === undefined ? resolve() : reject(error)) });
			});
		},
	};
}

const expired = (name: string, count: number): RegisteredWebhook[] =>
	Array.from({ length: count }, (_, index) => ({
		webhookId: `${name}${index}`,
		url: urlOf(`${name}${index}`),
	}));
const foreign = { webhookId: 'foreign', url: 'https://example.com/hook' };

describe('The removal of expired webhooks', () => {
	it('goes on with several at a time, and with no more than 50', async () => {
		const instaply = account([foreign, ...expired('a', 60)]);
		const removal = removeExpiredWebhooks(instaply);
		await aTurn();
		expect(instaply.begun).toHaveLength(5);
		await instaply.endAll();
		await removal;
		expect(instaply.begun).toEqual(expired('a', 50).map(({ webhookId }) => webhookId));
	});

	it('leaves to another removal what that has begun', async () => {
		const instaply = account(expired('b', 3));
		const [one, other] = [removeExpiredWebhooks(instaply), removeExpiredWebhooks(instaply)];
		await other;
		await instaply.endAll();
		await one;
		expect(instaply.begun).toEqual(['b0', 'b1', 'b2']);
	});

	it('never rejects, and tries again the next time', async () => {
		const refusing = account(expired('c', 2));
		const refused = removeExpiredWebhooks(refusing);
		await aTurn();
		await refusing.endAll(new Error('Refused'));
		await refused;
		const unreachable = { ...refusing, webhooks: async () => await Promise.reject(new Error()) };
		await removeExpiredWebhooks(unreachable);
		const next = account(expired('c', 2));
		const removal = removeExpiredWebhooks(next);
		await aTurn();
		await next.endAll();
		await removal;
		expect(next.begun).toEqual(['c0', 'c1']);
	});
});
