import fc from 'fast-check';

import { runInLanes } from '../../nodes/Instaply/common/lanes';
import { toResult, type Result } from '../../nodes/Instaply/common/result';
import { claim } from '../../nodes/Instaply/delivery/duplicates';
import { inTurn } from '../../nodes/Instaply/replies/replyCount';
import { Groups } from '../../nodes/Instaply/trigger/groups';
import { FakeClock } from '../support/unit/fakeClock';

/*
 * What goes on side by side. fast-check's scheduler decides what ends first, so that any interleaving
 * is tried.
 */

const lanes = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: undefined }), {
	maxLength: 30,
});

describe('Tasks in lanes', () => {
	it('are all done once, in order within a lane, one at a time there and no more at a time than allowed', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				lanes,
				fc.integer({ min: 1, max: 8 }),
				async (s, names, atATime) => {
					const began: number[] = [];
					const active = new Set<number>();
					const tasks = names.map((lane, index) => ({
						lane,
						run: async () => {
							began.push(index);
							for (const other of active) {
								if (lane !== undefined) expect(names[other]).not.toBe(lane);
							}
							active.add(index);
							expect(active.size).toBeLessThanOrEqual(atATime);
							await s.schedule(Promise.resolve());
							active.delete(index);
						},
					}));
					await s.waitFor(runInLanes(tasks, atATime, () => false));
					expect(began.toSorted((one, other) => one - other)).toEqual([...names.keys()]);
					if (atATime === 1) expect(began).toEqual([...names.keys()]);
					for (const name of new Set(names)) {
						if (name === undefined) continue;
						const own = began.filter((index) => names[index] === name);
						expect(own).toEqual(own.toSorted((one, other) => one - other));
					}
				},
			),
		);
	});

	it('are not begun any more once they are stopped, and what was begun is waited for', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				lanes,
				fc.integer({ min: 1, max: 8 }),
				fc.nat(30),
				async (s, names, atATime, stopAfter) => {
					let [began, ended] = [0, 0];
					const isStopped = () => ended >= stopAfter;
					const tasks = names.map((lane) => ({
						lane,
						run: async () => {
							expect(isStopped()).toBe(false);
							began += 1;
							await s.schedule(Promise.resolve());
							ended += 1;
						},
					}));
					await s.waitFor(runInLanes(tasks, atATime, isStopped));
					expect(ended).toBe(began);
					expect(began).toBeGreaterThanOrEqual(Math.min(stopAfter, names.length));
				},
			),
		);
	});
});

describe('Deliveries of the same message', () => {
	let run = 0;

	it('start it once: none is granted while another is, or after one was accepted', async () => {
		const deliveries = fc.array(
			fc.record({ key: fc.constantFrom('a', 'b'), isAccepted: fc.boolean() }),
			{ maxLength: 12 },
		);
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), deliveries, async (s, all) => {
				run += 1;
				const underWay = new Set<string>();
				const accepted = new Set<string>();
				const wrong: string[] = [];
				// Nobody waits for longer than the others take.
				const clock = new FakeClock();
				const deliver = all.map(async ({ key, isAccepted }) => {
					await s.schedule(Promise.resolve());
					const claimed = await claim(
						`${run} ${key}`,
						async () => {
							if (underWay.has(key) || accepted.has(key)) wrong.push(key);
							underWay.add(key);
							await s.schedule(Promise.resolve());
							underWay.delete(key);
							if (isAccepted) accepted.add(key);
							return isAccepted;
						},
						clock,
					);
					return { key, isAccepted, claimed };
				});
				const outcomes = await s.waitFor(Promise.all(deliver));
				await s.waitIdle();
				expect(wrong).toEqual([]);
				for (const key of ['a', 'b']) {
					const own = outcomes.filter((outcome) => outcome.key === key);
					const granted = own.filter(({ claimed }) => claimed === 'granted');
					expect(granted.filter(({ isAccepted }) => isAccepted).length).toBeLessThanOrEqual(1);
					const isSomeAccepted = own.some(({ isAccepted }) => isAccepted);
					// One that n8n would accept is not turned away for others that it refuses.
					expect(accepted.has(key)).toBe(isSomeAccepted);
				}
			}),
		);
	});
});

it('Work on a question is done one at a time, in the order of the calls', async () => {
	let run = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			fc.array(fc.constantFrom('a', 'b'), { maxLength: 12 }),
			async (s, keys) => {
				run += 1;
				const log: Record<string, number[]> = { a: [], b: [] };
				const active = new Set<string>();
				const clock = new FakeClock();
				const turns = keys.map(async (key, index) => {
					await inTurn(
						`${run} ${key}`,
						async () => {
							expect(active.has(key)).toBe(false);
							active.add(key);
							await s.schedule(Promise.resolve());
							active.delete(key);
							log[key]?.push(index);
						},
						clock,
					);
				});
				await s.waitFor(Promise.all(turns));
				for (const key of ['a', 'b']) {
					expect(log[key]).toEqual([...keys.keys()].filter((index) => keys[index] === key));
				}
			},
		),
	);
});

describe('What is collected', () => {
	const LIMITS = { entries: 8, bytes: 150, groups: 3, totalBytes: 300 };
	const step = fc.oneof(
		{
			weight: 4,
			arbitrary: fc.record({
				key: fc.constantFrom('a', 'a', 'a', 'b', 'c', 'd', 'e'),
				bytes: fc.nat(40),
				kind: fc.constantFrom('customer', 'customer', 'customer', 'customer', 'employee'),
				quietMs: fc.integer({ min: 20_000, max: 30_000 }),
			}),
		},
		{ weight: 1, arbitrary: fc.record({ end: fc.constantFrom('a', 'b', 'c', 'd', 'e') }) },
		{ weight: 2, arbitrary: fc.record({ pass: fc.integer({ min: 1_000, max: 25_000 }) }) },
	);

	it('comes out once, in order, with its own kind alone, and within a minute', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
				const clock = new FakeClock();
				const groups = new Groups<{ index: number; key: string; kind: string; at: number }>(
					clock,
					LIMITS,
				);
				const out: number[] = [];
				const ended: Array<Promise<Result<void>>> = [];
				const lastOut: Record<string, number> = {};
				let index = 0;
				for (const one of steps) {
					if ('end' in one) groups.end(one.end);
					else if ('pass' in one) await clock.advance(one.pass);
					else {
						const { key, kind } = one;
						const value = { index: index++, key, kind, at: clock.now() };
						const group = groups.add(key, { ...one, value })?.then((values) => {
							expect(new Set(values.map((other) => other.kind)).size).toBe(1);
							expect(values.length).toBeLessThanOrEqual(LIMITS.entries);
							for (const other of values) {
								expect(other.key).toBe(key);
								expect(other.index).toBeGreaterThan(lastOut[key] ?? -1);
								lastOut[key] = other.index;
								out.push(other.index);
							}
							expect(clock.now() - (values[0]?.at ?? 0)).toBeLessThanOrEqual(60_100);
						});
						if (group !== undefined) ended.push(toResult(async () => await group));
					}
				}
				await clock.advance(61_000);
				for (const group of await Promise.all(ended)) expect(group).toEqual({ value: undefined });
				expect(out.toSorted((first, second) => first - second)).toEqual(
					Array.from({ length: index }, (_, other) => other),
				);
			}),
		);
	});

	it('comes out within a minute, however long somebody goes on writing', async () => {
		const pauses = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(pauses, async (all) => {
				const clock = new FakeClock();
				const groups = new Groups<number>(clock);
				const waited: number[] = [];
				for (const pause of all) {
					void groups
						.add('a', { value: clock.now(), bytes: 1, kind: 'customer', quietMs: 10_000 })
						?.then(([first = 0]) => waited.push(clock.now() - first));
					await clock.advance(pause);
				}
				await clock.advance(61_000);
				expect(waited.length).toBeGreaterThan(0);
				expect(Math.max(...waited)).toBeLessThanOrEqual(60_100);
			}),
		);
	});
});
