import { Groups, type GroupLimits } from '../../../nodes/Instaply/trigger/groups';
import { FakeClock, settled } from '../../support/unit/fakeClock';

const WIDE: GroupLimits = { entries: 100, bytes: 1000, groups: 100, totalBytes: 10_000 };

const SECOND = 1000;
const QUIET = 5 * SECOND;

/** Groups of texts, and those that have ended, in that order. */
function groupsWith(limits: Partial<GroupLimits> = {}) {
	const clock = new FakeClock();
	const groups = new Groups<string>(clock, { ...WIDE, ...limits });
	const ended: string[][] = [];
	const add = (
		key: string,
		value: string,
		{ bytes = 1, kind = 'customer', quietMs = QUIET } = {},
	) => {
		const collected = groups.add(key, { value, bytes, kind, quietMs });
		void collected?.then((values) => ended.push(values));
		return collected;
	};
	return { clock, groups, ended, add };
}

describe('A group', () => {
	it('ends when nothing was added for the time given', async () => {
		const { clock, ended, add } = groupsWith();
		add('thread', 'Hi');
		await clock.advance(QUIET - 1);
		add('thread', 'one question');
		await clock.advance(QUIET - 1);
		add('thread', 'where is 4711?');
		await clock.advance(QUIET - 1);
		expect(ended).toEqual([]);
		await clock.advance(1);
		expect(ended).toEqual([['Hi', 'one question', 'where is 4711?']]);
	});

	it('is given to what began it, and to nothing else', async () => {
		const { clock, add } = groupsWith();
		const first = add('thread', 'Hi');
		expect(add('thread', 'again')).toBeUndefined();
		await clock.advance(QUIET);
		expect(await first).toEqual(['Hi', 'again']);
	});

	it('ends a minute after its first entry, however fast more are added', async () => {
		const { clock, ended, add } = groupsWith();
		for (let second = 0; second < 60; second += 1) {
			add('thread', `${second}`);
			await clock.advance(SECOND - 1);
			expect(ended).toEqual([]);
			await clock.advance(1);
		}
		expect(ended).toHaveLength(1);
		expect(ended[0]).toHaveLength(60);
	});

	it('never waits longer than a minute, even if it is to', async () => {
		const { clock, ended, add } = groupsWith();
		add('thread', 'Hi', { quietMs: 90 * SECOND });
		await clock.advance(60 * SECOND);
		expect(ended).toEqual([['Hi']]);
	});

	it('waits as long as its last entry is to', async () => {
		const { clock, ended, add } = groupsWith();
		add('thread', 'Hi');
		add('thread', 'soon', { quietMs: SECOND });
		await clock.advance(SECOND);
		expect(ended).toEqual([['Hi', 'soon']]);
	});

	it('is followed by another one of its key', async () => {
		const { clock, ended, add } = groupsWith();
		add('thread', 'first');
		await clock.advance(QUIET);
		add('thread', 'second');
		await clock.advance(QUIET);
		expect(ended).toEqual([['first'], ['second']]);
	});

	it('has nothing to do with another key', async () => {
		const { clock, ended, add } = groupsWith();
		add('one', 'a');
		await clock.advance(SECOND);
		add('other', 'b');
		await clock.advance(QUIET - SECOND);
		expect(ended).toEqual([['a']]);
		await clock.advance(SECOND);
		expect(ended).toEqual([['a'], ['b']]);
	});

	it('ends when it is told to, at once, and another one does not end with it', async () => {
		const { clock, groups, ended, add } = groupsWith();
		add('thread', 'first');
		groups.end('thread');
		groups.end('none');
		add('thread', 'second');
		await settled();
		expect(ended).toEqual([['first']]);
		// The sleep of the first one rings, long before the second one is over.
		await clock.advance(SECOND);
		expect(ended).toEqual([['first']]);
		await clock.advance(QUIET - SECOND);
		expect(ended).toEqual([['first'], ['second']]);
	});

	it('ends before an entry of another kind, which begins the next one', async () => {
		const { clock, ended, add } = groupsWith();
		add('thread', 'question');
		expect(add('thread', 'answer', { kind: 'employee' })).toBeDefined();
		await settled();
		expect(ended).toEqual([['question']]);
		await clock.advance(QUIET);
		expect(ended).toEqual([['question'], ['answer']]);
	});
});

describe('What is held', () => {
	it('starts with the entry that fills a group', async () => {
		const { ended, add } = groupsWith({ entries: 3 });
		for (const value of ['1', '2', '3', '4']) add('thread', value);
		await settled();
		expect(ended).toEqual([['1', '2', '3']]);
	});

	it('starts with the bytes that fill a group, even if one entry alone has them', async () => {
		const { ended, add } = groupsWith({ bytes: 10 });
		add('thread', 'small', { bytes: 4 });
		add('thread', 'larger', { bytes: 6 });
		await settled();
		add('other', 'huge', { bytes: 10 });
		await settled();
		expect(ended).toEqual([['small', 'larger'], ['huge']]);
	});

	it('makes room for a new group by starting the oldest', async () => {
		const { clock, ended, add } = groupsWith({ groups: 2 });
		for (const key of ['a', 'b', 'c']) add(key, key);
		await settled();
		expect(ended).toEqual([['a']]);
		await clock.advance(QUIET);
		expect(ended).toEqual([['a'], ['b'], ['c']]);
	});

	it('makes room for more bytes by starting the oldest, as many as it takes', async () => {
		const { ended, add } = groupsWith({ totalBytes: 10 });
		add('a', 'a', { bytes: 3 });
		add('b', 'b', { bytes: 3 });
		add('c', 'c', { bytes: 3 });
		await settled();
		expect(ended).toEqual([]);
		add('d', 'd', { bytes: 6 });
		await settled();
		expect(ended).toEqual([['a'], ['b']]);
	});

	it('counts only what has not ended', async () => {
		const { clock, ended, add } = groupsWith({ totalBytes: 10, groups: 1 });
		for (let round = 0; round < 5; round += 1) {
			add('thread', `${round}`, { bytes: 9 });
			await clock.advance(QUIET - 1);
			expect(ended).toHaveLength(round);
			await clock.advance(1);
		}
		expect(ended).toHaveLength(5);
	});
});
