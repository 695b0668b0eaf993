/** A piece of work. Pieces with the same lane are done in order, one at a time. */
export interface LaneTask {
	/** Missing for work that may be done at any time. */
	lane?: string;
	/** Never rejects. */
	run(): Promise<void>;
}

/**
 * Does all tasks, several lanes side by side. One lane at a time means one task after the other in
 * the order given.
 *
 * @param isOver asked before each task; the rest is left undone when it says so
 */
export async function runInLanes(
	tasks: readonly LaneTask[],
	lanesAtATime: number,
	isOver: () => boolean,
): Promise<void> {
	const lanes = (lanesAtATime === 1 ? [tasks] : lanesOf(tasks)).values();
	// Each worker takes the next lane from the one iterator that all of them share.
	const work = async () => {
		for (const lane of lanes) {
			for (const task of lane) {
				if (isOver()) return;
				await task.run();
			}
		}
	};
	await Promise.all(Array.from({ length: lanesAtATime }, work));
}

function lanesOf(tasks: readonly LaneTask[]): LaneTask[][] {
	const named = new Map<string, LaneTask[]>();
	const lanes: LaneTask[][] = [];
	for (const task of tasks) {
		const known = task.lane === undefined ? undefined : named.get(task.lane);
		if (known !== undefined) {
			known.push(task);
			continue;
		}
		const lane = [task];
		lanes.push(lane);
		if (task.lane !== undefined) named.set(task.lane, lane);
	}
	return lanes;
}
