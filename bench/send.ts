/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { startLab, type OwnLab } from '../lab/lab';
import { packFor } from '../lab/n8n';
import { CleanUp } from '../tools/process/cleanUp';
import { asError } from '../tools/process/errors';
import { median } from './median';
import { run, type Run } from './run';
import { variants, type Variant } from './variants';

const THREADS = 50;

const { values } = parseArgs({
	options: {
		runs: { type: 'string', default: '5' },
		latencies: { type: 'string', default: '0,50,200' },
		bounds: { type: 'string', default: '50' },
		many: { type: 'string', default: '10000' },
		'many-runs': { type: 'string', default: '3' },
		heap: { type: 'string', default: '4096' },
	},
});
const numbers = (list: string) => list.split(',').filter(Boolean).map(Number);
const medianOf = (runs: Run[]): Run => ({
	nodeMs: median(runs.map(({ nodeMs }) => nodeMs)),
	inFlight: Math.max(...runs.map(({ inFlight }) => inFlight)),
	inversions: Math.max(...runs.map(({ inversions }) => inversions)),
	messages: median(runs.map(({ messages }) => messages)),
	peakMb: median(runs.map(({ peakMb }) => peakMb)),
});

/** What variants run on. */
interface Setting {
	packageTarball: string;
	/** By how many ms the sandbox delays each response. */
	latencyMs: number;
	/** How large n8n's heap may become, in MB. */
	heapMb: number;
}

async function labFor({ latencyMs, ...n8n }: Setting): Promise<OwnLab> {
	return await startLab({ ...n8n, sandboxOptions: { latencyMs } });
}

/** Runs the variants in turn, several rounds, so that a slow moment of the machine hits all. */
async function compare(setting: Setting, items: number, rounds: number): Promise<void> {
	const lab = await labFor(setting);
	try {
		const runs = new Map<Variant, Run[]>();
		for (const variant of variants(numbers(values.bounds))) {
			await run(variant, lab, items, THREADS);
			runs.set(variant, []);
		}
		for (let round = 0; round < rounds; round += 1) {
			for (const [variant, own] of runs) own.push(await run(variant, lab, items, THREADS));
		}
		print(`${items} items, ${setting.latencyMs} ms latency, medians of ${rounds} runs`, runs);
	} finally {
		await lab.close();
	}
}

/**
 * Gives each variant an n8n of its own, because a process seldom gives memory back: in turn, several
 * rounds.
 */
async function compareMemory(setting: Setting, items: number, rounds: number): Promise<void> {
	const runs = new Map<Variant, Run[]>(variants([]).map((variant) => [variant, []]));
	for (let round = 0; round < rounds; round += 1) {
		for (const [variant, own] of runs) {
			const lab = await labFor(setting);
			try {
				await run(variant, lab, THREADS, THREADS);
				const result = await run(variant, lab, items, THREADS);
				own.push(result);
				console.log(`${variant.name}: ${result.peakMb} MB`);
			} catch (error) {
				if (!(await hasEnded(lab))) throw asError(error);
				console.log(`${variant.name}: n8n ended before it was done`);
			} finally {
				await lab.close();
			}
		}
	}
	const title = `${items} items, ${setting.latencyMs} ms latency, a heap of at most ${setting.heapMb} MB, a new n8n each, medians of ${rounds} runs`;
	print(title, runs);
}

/** Whether n8n has ended by itself. */
async function hasEnded({ n8n }: OwnLab): Promise<boolean> {
	// A connection breaks some moments before.
	await delay(1_000);
	return n8n.hasEnded;
}

function print(title: string, runs: Map<Variant, Run[]>): void {
	console.log(`\n${title}, over ${THREADS} threads`);
	const finished = [...runs].filter(([, own]) => own.length > 0);
	console.table(Object.fromEntries(finished.map(([{ name }, own]) => [name, medianOf(own)])));
}

async function main(): Promise<void> {
	const cleanUp = new CleanUp();
	const packageTarball = await packFor(cleanUp);
	const heapMb = Number(values.heap);
	try {
		for (const latencyMs of numbers(values.latencies)) {
			await compare({ packageTarball, latencyMs, heapMb }, 500, Number(values.runs));
		}
		if (Number(values.many) > 0) {
			const setting = { packageTarball, latencyMs: 0, heapMb };
			await compareMemory(setting, Number(values.many), Number(values['many-runs']));
		}
	} finally {
		await cleanUp.run();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
