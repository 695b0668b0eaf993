/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { parseArgs } from 'node:util';

import { sendAll } from '../lab/deliveries';
import { startLab, type OwnLab } from '../lab/lab';
import { CleanUp } from '../tools/process/cleanUp';
import { bareNodes } from './bare/install';
import { foldByPackage } from './fold';
import { Profiler } from './profiler';
import { rounded } from './rounds';
import { prepare, run, THREADS } from './run';
import { LAZY } from './settings';
import { KINDS, publishTriggers } from './triggers';
import { bare, PRESET } from './variants';

/*
 * `npm run bench:profile`: where the time of n8n's main thread goes, by package, for each item that is
 * sent and for each delivery, beside the bare nodes. Profiling slows n8n down: compare the shares.
 */

const { values } = parseArgs({
	options: {
		items: { type: 'string', default: '10000' },
		deliveries: { type: 'string', default: '2000' },
		at: { type: 'string', default: '20' },
		/** Has n8n wait with its sandbox for expressions until there is one to evaluate. */
		lazy: { type: 'boolean', default: false },
		/** A folder for the profiles themselves. */
		keep: { type: 'string' },
		/** How many packages to show. */
		packages: { type: 'string', default: '14' },
	},
});
const [items, deliveries, atATime] = [
	Number(values.items),
	Number(values.deliveries),
	Number(values.at),
];

/** By package, the ms of each piece of work. */
type Folded = Map<string, number>;

async function profileSending(lab: OwnLab, profiler: Profiler): Promise<Record<string, Folded>> {
	const folded: Record<string, Folded> = {};
	// As many at once as ours may have.
	for (const variant of [PRESET, bare(() => THREADS)]) {
		await run(variant, lab, Math.ceil(items / 10), THREADS);
		const sending = await prepare(variant, lab, items, THREADS);
		const profile = await profiler.during(lab.n8n.pid ?? 0, sending.execute);
		await sending.remove();
		folded[variant.name] = foldByPackage(profile);
	}
	return folded;
}

async function profileDeliveries(lab: OwnLab, profiler: Profiler): Promise<void> {
	const { ours, bare: other } = await publishTriggers(lab);
	for (const kind of KINDS) {
		const folded: Record<string, Folded> = {};
		for (const contender of [ours, other]) {
			await sendAll(contender.deliveries(kind, Math.ceil(deliveries / 10)).posts, atATime);
			const { posts } = contender.deliveries(kind, deliveries);
			const profile = await profiler.during(lab.n8n.pid ?? 0, async () => {
				await sendAll(posts, atATime);
				await lab.idle();
			});
			folded[contender.name] = foldByPackage(profile);
		}
		print(`${deliveries} ${kind} deliveries, ms of each`, folded, deliveries);
	}
}

function print(title: string, folded: Record<string, Folded>, count: number): void {
	const sums = Object.entries(folded).map(([name, ms]) => [name, sumOf(ms)] as const);
	const names = [...new Set(Object.values(folded).flatMap((ms) => [...ms.keys()]))];
	const shown = names
		.map((name) => ({ name, ms: Object.values(folded).map((own) => own.get(name) ?? 0) }))
		.sort((one, other) => Math.max(...other.ms) - Math.max(...one.ms))
		.slice(0, Number(values.packages));
	console.log(`\n${title}`);
	console.table(
		Object.fromEntries([
			...shown.map(({ name, ms }) => [
				name,
				Object.fromEntries(sums.map(([who], index) => [who, rounded((ms[index] ?? 0) / count, 3)])),
			]),
			['all', Object.fromEntries(sums.map(([who, sum]) => [who, rounded(sum / count, 3)]))],
		]),
	);
}

function sumOf(ms: Folded): number {
	return [...ms.values()].reduce((sum, value) => sum + value, 0);
}

async function main(): Promise<void> {
	const cleanUp = new CleanUp();
	try {
		const profiler = await Profiler.create(cleanUp, values.keep);
		const env = {
			...(await bareNodes(cleanUp)),
			...profiler.environment,
			...(values.lazy && LAZY),
		};
		const lab = await startLab({ env, cleanUp });
		if (items > 0) {
			print(`${items} items, ms of each`, await profileSending(lab, profiler), items);
		}
		if (deliveries > 0) await profileDeliveries(lab, profiler);
	} finally {
		await cleanUp.run();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
