/* eslint-disable no-console */
import { startLab } from '../lab/lab';
import { median } from './median';
import { inTurn, ratioOf, rounded } from './rounds';
import { run, THREADS, type Run } from './run';
import {
	HTTP_REQUEST,
	HTTP_REQUEST_IN_BATCHES,
	PRESET,
	threadsAtATime,
	type Variant,
} from './variants';

const TO_REACH = 1.2;

interface Comparison {
	packageTarball: string;
	/** By how many ms the sandbox delays each response: half of them by more, if they differ. */
	latencyMs: number;
	/** How much they differ (the sigma of a lognormal distribution); at 0, not at all. */
	spread: number;
	items: number;
	rounds: number;
	/** Values of 'Threads at a Time' to try beside the preset. */
	bounds: number[];
}

/**
 * How long sending takes, beside HTTP Request and beside what the order allows: the messages of a
 * thread go out one after the other, each when Instaply has responded to the one before.
 */
export async function compareLatency({
	packageTarball,
	latencyMs,
	spread,
	items,
	rounds,
	bounds,
}: Comparison): Promise<void> {
	const lab = await startLab({
		packageTarball,
		sandboxOptions: { latencyMs: () => latencyMs * Math.exp(spread * normal()) },
	});
	try {
		const variants = [PRESET, ...bounds.map(threadsAtATime), HTTP_REQUEST, HTTP_REQUEST_IN_BATCHES];
		const runs = await inTurn(
			variants,
			rounds,
			async (variant) => await run(variant, lab, items, THREADS),
		);
		const seconds = (variant: Variant) =>
			(runs.get(variant) ?? []).map(({ nodeMs }) => nodeMs / 1000);
		// With latencies that differ by chance, the order allows about as much or a little more.
		const floor = (Math.ceil(items / THREADS) * latencyMs) / 1000;
		const larger = seconds(HTTP_REQUEST).map((time) => Math.max(time, floor));
		console.log(
			`\n${items} items, ${latencyMs} ms latency (spread ${spread}), over ${THREADS} threads, medians of ${rounds} runs`,
		);
		console.table(Object.fromEntries([...runs].map(([{ name }, own]) => [name, rowOf(own)])));
		console.log(
			`The order allows no less than ${floor} s. Instaply takes ${ratioOf(seconds(PRESET), larger)} of the larger of that and HTTP Request (to reach: at most ${TO_REACH}).`,
		);
	} finally {
		await lab.close();
	}
}

function rowOf(runs: Run[]) {
	return {
		's of the node': rounded(median(runs.map(({ nodeMs }) => nodeMs / 1000))),
		'under way at most': Math.max(...runs.map(({ inFlight }) => inFlight)),
		'out of order': Math.max(...runs.map(({ inversions }) => inversions)),
		arrived: median(runs.map(({ messages }) => messages)),
		's of processor time': rounded(median(runs.map(({ processorS }) => processorS))),
	};
}

/** By chance; about two thirds of them are between -1 and 1 (Box and Muller). */
function normal(): number {
	return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
