/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import { installN8n } from '../tools/n8n/install';
import { packPackage } from '../tools/pack';
import { contenders, type Contender } from './contenders';
import { median } from './median';
import { Track, type Lap, type Setting } from './track';

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
const medianLap = (laps: Lap[]): Lap => ({
	nodeMs: median(laps.map(({ nodeMs }) => nodeMs)),
	inFlight: Math.max(...laps.map(({ inFlight }) => inFlight)),
	inversions: Math.max(...laps.map(({ inversions }) => inversions)),
	messages: median(laps.map(({ messages }) => messages)),
	peakMb: median(laps.map(({ peakMb }) => peakMb)),
});

/** Runs the contenders in turn, several rounds, so that a slow moment of the machine hits all. */
async function compare(setting: Setting, items: number, runs: number): Promise<void> {
	const track = await Track.open(setting);
	try {
		const laps = new Map<Contender, Lap[]>();
		for (const contender of contenders(numbers(values.bounds))) {
			await track.run(contender, items, THREADS);
			laps.set(contender, []);
		}
		for (let round = 0; round < runs; round += 1) {
			for (const [contender, own] of laps) own.push(await track.run(contender, items, THREADS));
		}
		print(`${items} items, ${setting.latencyMs} ms latency, medians of ${runs} runs`, laps);
	} finally {
		await track.close();
	}
}

/**
 * Gives each contender an n8n of its own, because a process seldom gives memory back: in turn, several
 * rounds.
 */
async function compareMemory(setting: Setting, items: number, runs: number): Promise<void> {
	const laps = new Map<Contender, Lap[]>(contenders([]).map((contender) => [contender, []]));
	for (let round = 0; round < runs; round += 1) {
		for (const [contender, own] of laps) {
			const track = await Track.open(setting);
			try {
				await track.run(contender, THREADS, THREADS);
				const lap = await track.run(contender, items, THREADS);
				own.push(lap);
				console.log(`${contender.name}: ${lap.peakMb} MB`);
			} catch (error) {
				if (!(await track.hasEnded())) throw asError(error);
				console.log(`${contender.name}: n8n ended before it was done`);
			} finally {
				await track.close();
			}
		}
	}
	const title = `${items} items, ${setting.latencyMs} ms latency, a heap of at most ${setting.heapMb} MB, a new n8n each, medians of ${runs} runs`;
	print(title, laps);
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

function print(title: string, laps: Map<Contender, Lap[]>): void {
	console.log(`\n${title}, over ${THREADS} threads`);
	const finished = [...laps].filter(([, own]) => own.length > 0);
	console.table(Object.fromEntries(finished.map(([{ name }, own]) => [name, medianLap(own)])));
}

async function main(): Promise<void> {
	const installation = await installN8n();
	const packageTarball = await packPackage();
	const heapMb = Number(values.heap);
	const setting = (latencyMs: number) => ({ installation, packageTarball, latencyMs, heapMb });
	try {
		for (const latency of numbers(values.latencies)) {
			await compare(setting(latency), 500, Number(values.runs));
		}
		if (Number(values.many) > 0) {
			await compareMemory(setting(0), Number(values.many), Number(values['many-runs']));
		}
	} finally {
		await rm(dirname(packageTarball), { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
