/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setImmediate as aTurn } from 'node:timers/promises';

import type { RegisteredWebhook } from '../../../nodes/Instaply/api/responses';
import type { WaitStatus } from '../../../nodes/Instaply/n8n/webhookStatus';
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

describe('The removal of webhooks whose executions have ended', () => {
	const HOUR = 60 * 60_000;
	const MINUTE = 60_000;
	const pending = (name: string, count: number): RegisteredWebhook[] =>
		Array.from({ length: count }, (_, index) => {
			const fingerprint = `${name}${index}`;
			const ticket = { customerThreadId: '1', fingerprint, since: 0, until: Date.now() + HOUR };
			const query = new URLSearchParams(ticketToQuery(ticket));
			return {
				webhookId: fingerprint,
				url: `https://n8n.example.com/webhook-waiting/${index}/node?${query}`,
			};
		});
	/** An n8n that says the same of all its executions. */
	const n8nSaying = (status: WaitStatus) => {
		const asked: string[] = [];
		return {
			asked,
			owns: (url: string) => url.startsWith('https://n8n.example.com/'),
			statusOf: async (url: string) => {
				asked.push(String(new URL(url).searchParams.get('instaplyKey')));
				return await Promise.resolve(status);
			},
		};
	};
	const removal = async (registered: RegisteredWebhook[], n8n: ReturnType<typeof n8nSaying>) => {
		const instaply = account(registered);
		const removed = removeExpiredWebhooks(instaply, registered, n8n);
		await aTurn();
		await instaply.endAll();
		await removed;
		return instaply.begun;
	};

	// Each test begins in a later minute than the one before.
	beforeAll(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
	beforeEach(() => jest.advanceTimersByTime(HOUR));
	afterAll(() => jest.useRealTimers());

	it('asks n8n about those of its own, and about no others', async () => {
		const n8n = n8nSaying('orphaned');
		const elsewhere = pending('e', 1).map((webhook) => ({
			...webhook,
			url: webhook.url?.replace('n8n.example.com', 'other.example.com'),
		}));
		const trigger = { webhookId: 't', url: 'https://n8n.example.com/webhook/1/webhook' };
		expect(await removal([...elsewhere, trigger, ...pending('d', 2)], n8n)).toEqual(['d0', 'd1']);
		expect(n8n.asked).toEqual(['d0', 'd1']);
	});

	it.each(['waiting', 'unknown'] as const)('leaves those that are %s', async (status) => {
		const n8n = n8nSaying(status);
		expect(await removal(pending(status, 1), n8n)).toEqual([]);
		expect(n8n.asked).toEqual([`${status}0`]);
	});

	it('asks about 20 a minute, and about none twice within ten', async () => {
		const n8n = n8nSaying('waiting');
		const registered = pending('f', 30);
		const names = registered.map(({ webhookId }) => webhookId);
		await removal(registered, n8n);
		await removal(registered, n8n);
		expect(n8n.asked).toEqual(names.slice(0, 20));
		jest.advanceTimersByTime(MINUTE);
		await removal(registered, n8n);
		await removal(registered, n8n);
		expect(n8n.asked).toEqual(names);
		jest.advanceTimersByTime(9 * MINUTE);
		await removal(registered, n8n);
		expect(n8n.asked).toEqual([...names, ...names.slice(0, 20)]);
	});

	it('does not let those that time out wait for n8n', async () => {
		const n8n = {
			...n8nSaying('waiting'),
			statusOf: async () => await new Promise<never>(() => {}),
		};
		const registered = [...pending('g', 3), ...expired('h', 2)];
		const instaply = account(registered);
		void removeExpiredWebhooks(instaply, registered, n8n);
		await aTurn();
		await instaply.endAll();
		expect(instaply.begun).toEqual(['h0', 'h1']);
	});
});
