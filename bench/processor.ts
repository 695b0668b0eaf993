/* eslint-disable no-console */
import { startLab } from '../lab/lab';
import { CleanUp } from '../tools/process/cleanUp';
import { bareNodes } from './bare/install';
import { median } from './median';
import { inTurn, ratioOf, rounded } from './rounds';
import { run, THREADS, type Run } from './run';
import { bare, PRESET } from './variants';

const TO_REACH = 1.15;
/** Without any, the sandbox never sees two requests at once, so that none could be counted. */
const LATENCY_MS = 50;

interface Comparison {
	packageTarball: string;
	items: number;
	rounds: number;
}

/** The processor time of the whole of n8n, beside a node that does no more than send. */
export async function compareProcessorTime({
	packageTarball,
	items,
	rounds,
}: Comparison): Promise<void> {
	const cleanUp = new CleanUp();
	try {
		const env = await bareNodes(cleanUp);
		const lab = await startLab({
			packageTarball,
			env,
			cleanUp,
			sandboxOptions: { latencyMs: LATENCY_MS },
		});
		let underWay = 1;
		// As many requests at once as ours had when it ran last.
		const other = bare(() => underWay);
		const runs = await inTurn([PRESET, other], rounds, async (variant, isWarmUp) => {
			const result = await run(variant, lab, isWarmUp ? items / 10 : items, THREADS);
			if (variant === PRESET) underWay = result.inFlight;
			return result;
		});
		const used = (own: Run[] = []) => own.map(({ processorS }) => processorS);
		console.log(
			`\n${items} items, ${LATENCY_MS} ms latency, n8n's defaults, in turn in one n8n, medians of ${rounds} runs`,
		);
		console.table(
			Object.fromEntries([...runs].map(([{ name }, own]) => [name, rowOf(own, items)])),
		);
		console.log(
			`Instaply takes ${ratioOf(used(runs.get(PRESET)), used(runs.get(other)))} of the processor time of the bare node (to reach: at most ${TO_REACH}).`,
		);
	} finally {
		await cleanUp.run();
	}
}

function rowOf(runs: Run[], items: number) {
	const seconds = median(runs.map(({ processorS }) => processorS));
	return {
		's of processor time': rounded(seconds),
		'ms an item': rounded((seconds * 1000) / items),
		's of the node': rounded(median(runs.map(({ nodeMs }) => nodeMs / 1000))),
		'under way at most': Math.max(...runs.map(({ inFlight }) => inFlight)),
		arrived: median(runs.map(({ messages }) => messages)),
	};
}
