/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { runInLanes } from '../../../nodes/Instaply/common/lanes';

/** Tasks that end only when all that can run are running; tells how they went. */
function tasksOf(lanes: Array<string | undefined>) {
	const started: number[] = [];
	const rounds: number[][] = [];
	let round: number[] = [];
	const tasks = lanes.map((lane, index) => ({
		lane,
		run: async () => {
			started.push(index);
			if (round.length === 0) {
				const current = round;
				rounds.push(current);
				setImmediate(() => (round = []));
			}
			round.push(index);
			await new Promise((resolve) => setImmediate(resolve));
		},
	}));
	return { tasks, started, rounds };
}

const never = () => false;

describe('runInLanes', () => {
	it('takes no more rounds than the limit requires, however the lanes are filled', async () => {
		const lanes = Array.from({ length: 50 }, (_, index) => String(index % 5));
		const { tasks, rounds } = tasksOf(lanes);
		await runInLanes(tasks, 2, never);
		expect(rounds.map(({ length }) => length)).toEqual(Array(25).fill(2));
	});

	it('keeps the order within each lane', async () => {
		const lanes = Array.from({ length: 30 }, (_, index) => String((index * 7) % 4));
		const { tasks, started } = tasksOf(lanes);
		await runInLanes(tasks, 3, never);
		for (const lane of new Set(lanes)) {
			const own = started.filter((index) => lanes[index] === lane);
			expect(own).toEqual([...own].sort((a, b) => a - b));
		}
		expect(started).toHaveLength(30);
	});

	it('keeps the order across lanes when there is one at a time', async () => {
		const { tasks, started } = tasksOf(['a', 'b', 'a', undefined, 'b']);
		await runInLanes(tasks, 1, never);
		expect(started).toEqual([0, 1, 2, 3, 4]);
	});

	it('begins nothing more once it is stopped', async () => {
		const { tasks, started } = tasksOf(['a', 'a', 'a']);
		await runInLanes(tasks, 5, () => started.length === 2);
		expect(started).toEqual([0, 1]);
	});
});
