/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as aTurn } from 'node:timers/promises';

import { systemClock } from '../../nodes/Instaply/api/clock';
import { Retry } from '../../nodes/Instaply/api/retry';
import { TtlCache } from '../../nodes/Instaply/api/ttlCache';
import { InstaplyError } from '../../nodes/Instaply/common/InstaplyError';
import { claim } from '../../nodes/Instaply/delivery/duplicates';
import type { OwnWaits } from '../../nodes/Instaply/n8n/ownWaits';
import { removeExpiredWebhooks } from '../../nodes/Instaply/replies/expiredWebhooks';
import { findReceptions } from '../../nodes/Instaply/replies/reception/findReceptions';
import { ticketToQuery } from '../../nodes/Instaply/replies/resumeTicket';
import { Groups } from '../../nodes/Instaply/trigger/groups';
import { filesBelow, ROOT } from '../support/package/files';

/*
 * The clock on the wall of a server is set now and then: by NTP, by hand, by the host of a virtual
 * machine that slept. What lasts some time must last that time nevertheless.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

beforeAll(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
afterAll(() => jest.useRealTimers());

/** Somebody sets the clock on the wall. */
const jump = (ms: number) => void jest.setSystemTime(Date.now() + ms);
const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

let jumps = 0;

describe.each([
	['back by an hour', -HOUR],
	['forward by an hour', HOUR],
])('When the clock jumps %s', (_, ms) => {
	const name = `jump ${++jumps}`;

	it('that of durations does not', async () => {
		const before = systemClock.now();
		jump(ms);
		expect(systemClock.now() - before).toBe(0);
		await pass(7 * SECOND);
		expect(systemClock.now() - before).toBe(7 * SECOND);
	});

	it('a value is cached for a minute', async () => {
		const cache = new TtlCache<number>();
		let loads = 0;
		const load = async () => (loads += 1);
		await cache.get('a', load);
		jump(ms);
		await pass(MINUTE - 1);
		expect(await cache.get('a', load)).toBe(1);
		await pass(1);
		expect(await cache.get('a', load)).toBe(2);
	});

	it('a delivery that n8n does not respond to holds others up for seconds, and for a minute at most', async () => {
		const never = async () => await new Promise<boolean>(() => {});
		await claim(name, never);
		const second = claim(name, never);
		await aTurn();
		jump(ms);
		await pass(4 * SECOND);
		expect(await second).toBe('under way');
		await pass(MINUTE);
		expect(await claim(name, never)).toBe('granted');
	});

	it('what is collected starts when its customer has been quiet, and not before', async () => {
		const groups = new Groups<string>();
		const started = jest.fn();
		const entry = { value: 'a', bytes: 1, kind: 'a', quietMs: 5 * SECOND };
		void groups.add('thread', entry)?.then(started);
		jump(ms);
		await pass(5 * SECOND - 1);
		expect(started).not.toHaveBeenCalled();
		await pass(101);
		expect(started).toHaveBeenCalledWith(['a']);
	});

	it('a pause that Instaply asks for lasts as long as it says', async () => {
		const retry = new Retry();
		const slowDown = new InstaplyError('Slow down', {
			description: 'Later.',
			retry: { afterMs: 10 * SECOND, pausesAll: true },
		});
		const request = jest.fn(async () => 'sent').mockRejectedValueOnce(slowDown);
		const sent = retry.run(request);
		await pass(SECOND);
		jump(ms);
		// Another one that comes during the pause waits for what is left of it.
		const other = jest.fn(async () => 'sent, too');
		void retry.run(other);
		await pass(8 * SECOND);
		expect(other).not.toHaveBeenCalled();
		await pass(2 * SECOND);
		expect(await sent).toBe('sent');
		expect(other).toHaveBeenCalledTimes(1);
	});

	it('the receptions of an account are looked for again after a minute', async () => {
		const url = 'https://n8n.example.com/webhook/1/webhook?instaplyQuestions=0123456789abcdef';
		const webhooks = jest.fn(async () => [{ webhookId: '1', url }]);
		const look = async () =>
			await findReceptions(
				{ accountKey: name, webhooks },
				'https://n8n.example.com/webhook-waiting/7/node',
				async () => true,
			);
		await look();
		jump(ms);
		await pass(MINUTE - 1);
		expect((await look()).own).toHaveLength(1);
		expect(webhooks).toHaveBeenCalledTimes(1);
		await pass(1);
		await look();
		expect(webhooks).toHaveBeenCalledTimes(2);
	});

	it('n8n is asked again about executions that may have ended', async () => {
		const until = Date.now() + 24 * HOUR;
		const pending = Array.from({ length: 25 }, (_unused, index) => {
			const fingerprint = `${name} ${index}`;
			const ticket = { customerThreadId: '1', fingerprint, since: 0, until };
			const query = new URLSearchParams(ticketToQuery(ticket));
			return {
				webhookId: fingerprint,
				url: `https://n8n.example.com/webhook-waiting/7/a?${query}`,
			};
		});
		const statusOf = jest.fn<ReturnType<OwnWaits['statusOf']>, []>(async () => 'waiting');
		const instaply = { webhooks: async () => pending, removeWebhooks: async () => {} };
		const look = async () =>
			await removeExpiredWebhooks(instaply, pending, { owns: () => true, statusOf });
		await pass(HOUR);
		await look();
		expect(statusOf).toHaveBeenCalledTimes(20);
		jump(ms);
		await pass(MINUTE);
		await look();
		expect(statusOf).toHaveBeenCalledTimes(25);
		await pass(10 * MINUTE);
		await look();
		expect(statusOf).toHaveBeenCalledTimes(45);
	});
});

/**
 * Where moments are compared: with what Instaply, n8n or a person wrote. A duration belongs to
 * `systemClock`.
 */
const ASKS_WHAT_TIME_IT_IS = [
	'api/retryAfter.ts',
	'n8n/wokenUp.ts',
	'operations/webhook/getAll.ts',
	'replies/arrivals.ts',
	'replies/askQuestion.ts',
	'replies/expiredWebhooks.ts',
	'replies/isAwaited.ts',
	'replies/isStillOpen.ts',
	'replies/reception/lifecycle.ts',
	'replies/takeReply.ts',
];

it('Nothing else in nodes/ looks at the clock on the wall', async () => {
	const folder = join(ROOT, 'nodes', 'Instaply');
	const files = (await filesBelow(folder)).filter((file) => file.endsWith('.ts'));
	const found: string[] = [];
	for (const file of files) {
		const text = await readFile(join(folder, file), 'utf8');
		if (/\bDate\.now\b|\bnew Date\(\)/.test(text)) found.push(file);
	}
	expect(found.sort()).toEqual(ASKS_WHAT_TIME_IT_IS);
});
