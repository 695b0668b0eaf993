/** A piece of work. Tasks of the same lane are done in order, one at a time. */
interface LaneTask {
	/** Undefined for a task that may be done at any time. */
	lane?: string;
	/** Never rejects. */
	run(): Promise<void>;
}

/** How many lanes to work on side by side; `current` may change at any time. */
export type LanesAtATime = number | { readonly current: number };

/**
 * Does all tasks, several lanes side by side. The number 1 means one task after the other, in the
 * order given.
 *
 * @param isStopped checked before each task; once it is true, the rest is left undone
 */
export async function runInLanes(
	tasks: readonly LaneTask[],
	lanesAtATime: LanesAtATime,
	isStopped: () => boolean,
): Promise<void> {
	const waiting = lanesAtATime === 1 ? [tasks.values()] : lanesOf(tasks);
	let underWay = 0;
	await new Promise<void>((resolve, reject) => {
		const goOn = () => {
			while (underWay < currentOf(lanesAtATime) && !isStopped()) {
				const lane = waiting.shift();
				if (lane === undefined) break;
				const { value: task, done } = lane.next();
				if (done) continue;
				underWay += 1;
				// After each task, its lane goes to the end of the line. So all lanes advance evenly, and
				// no long one is left to be done alone at the end.
				task.run().then(() => {
					underWay -= 1;
					waiting.push(lane);
					goOn();
				}, reject);
			}
			if (underWay === 0) resolve();
		};
		goOn();
	});
}

function currentOf(lanesAtATime: LanesAtATime): number {
	return typeof lanesAtATime === 'number' ? lanesAtATime : lanesAtATime.current;
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
