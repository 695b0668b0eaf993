/** A piece of work. Tasks of the same lane are done in order, one at a time. */
interface LaneTask {
	/** Undefined for a task that may be done at any time. */
	lane?: string;
	/** Never rejects. */
	run(): Promise<void>;
}

/**
 * Does all tasks, several lanes side by side. One lane at a time means one task after the other, in
 * the order given.
 *
 * @param isStopped checked before each task; once it is true, the rest is left undone
 */
export async function runInLanes(
	tasks: readonly LaneTask[],
	lanesAtATime: number,
	isStopped: () => boolean,
): Promise<void> {
	const waiting = lanesAtATime === 1 ? [tasks.values()] : lanesOf(tasks);
	// After each task, its lane goes to the end of the line. So all lanes advance evenly, and no long
	// one is left to be done alone at the end.
	const work = async () => {
		for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
			const { value: task, done } = lane.next();
			if (done) continue;
			if (isStopped()) return;
			await task.run();
			waiting.push(lane);
		}
	};
	await Promise.all(Array.from({ length: lanesAtATime }, work));
}

function lanesOf(tasks: readonly LaneTask[]): Array<Iterator<LaneTask, void>> {
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
	return lanes.map((lane) => lane.values());
}
