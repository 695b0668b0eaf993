import { inTurn } from '../../../nodes/Instaply/replies/replyCount';
import { FakeClock } from '../../support/unit/fakeClock';

/** Work that ends when it is told to. */
function workOf(name: string, begun: string[]) {
	let end = () => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	const run = async () => {
		begun.push(name);
		await ended;
	};
	return { run, end };
}

describe('inTurn', () => {
	it('works on one question at a time, in the order of the calls', async () => {
		const clock = new FakeClock();
		const begun: string[] = [];
		const works = ['a', 'b', 'c'].map((name) => workOf(name, begun));
		const turns = works.map(async ({ run }) => await inTurn('one', run, clock));
		void inTurn('other', workOf('other', begun).run, clock);
		await clock.advance(0);
		expect(begun).toEqual(['a', 'other']);
		for (const { end } of works) end();
		await Promise.all(turns);
		expect(begun).toEqual(['a', 'other', 'b', 'c']);
	});

	it('waits a minute at most for work that does not end', async () => {
		const clock = new FakeClock();
		const begun: string[] = [];
		void inTurn('stuck', workOf('a', begun).run, clock);
		void inTurn('stuck', workOf('b', begun).run, clock);
		await clock.advance(59_999);
		expect(begun).toEqual(['a']);
		await clock.advance(1);
		expect(begun).toEqual(['a', 'b']);
	});
});
