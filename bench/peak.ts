/* eslint-disable @n8n/community-nodes/no-restricted-imports, no-console */
import { setTimeout as delay } from 'node:timers/promises';

import { startLab, type OwnLab } from '../lab/lab';
import { asError } from '../tools/process/errors';
import { median } from './median';
import { run, THREADS } from './run';
import { HTTP_REQUEST, HTTP_REQUEST_IN_BATCHES, PRESET, type Variant } from './variants';

interface Comparison {
	packageTarball: string;
	items: number;
	rounds: number;
	/** How large n8n's heap may become, in MB. */
	heapMb: number;
}

/**
 * The most memory that n8n holds. Each variant has an n8n of its own, because a process seldom gives
 * memory back: in turn, several rounds.
 */
export async function compareMemory({
	packageTarball,
	items,
	rounds,
	heapMb,
}: Comparison): Promise<void> {
	const variants = [PRESET, HTTP_REQUEST, HTTP_REQUEST_IN_BATCHES];
	const peaks = new Map<Variant, number[]>(variants.map((variant) => [variant, []]));
	for (let round = 0; round < rounds; round += 1) {
		for (const [variant, own] of peaks) {
			const lab = await startLab({ packageTarball, heapMb });
			try {
				await run(variant, lab, THREADS, THREADS);
				own.push((await run(variant, lab, items, THREADS)).peakMb);
			} catch (error) {
				if (!(await hasEnded(lab))) throw asError(error);
				console.log(`${variant.name}: n8n ended before it was done`);
			} finally {
				await lab.close();
			}
		}
	}
	console.log(
		`\n${items} items, a heap of at most ${heapMb} MB, a new n8n each, medians of ${rounds} runs`,
	);
	console.table(
		Object.fromEntries(
			[...peaks].map(([{ name }, own]) => [name, { runs: own.length, 'MB at most': median(own) }]),
		),
	);
}

/** Whether n8n has ended by itself. */
async function hasEnded({ n8n }: OwnLab): Promise<boolean> {
	// A connection breaks some moments before.
	await delay(1_000);
	return n8n.hasEnded;
}
