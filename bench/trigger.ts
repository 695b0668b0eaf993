/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { parseArgs } from 'node:util';

import { sendAll } from '../lab/deliveries';
import { startLab, type OwnLab } from '../lab/lab';
import { packFor } from '../lab/n8n';
import { CleanUp } from '../tools/process/cleanUp';
import { bareNodes } from './bare/install';
import { median } from './median';
import { processorTime } from './process';
import { inTurn, ratioOf, rounded } from './rounds';
import { LAZY, SETTINGS } from './settings';
import { KINDS, publishTriggers, type Contender, type Kind, type Triggers } from './triggers';

/*
 * How many deliveries a second one n8n takes with the trigger of this package, with a bare one, and with
 * n8n's Webhook node followed by Filter.
 */

const TO_REACH = 0.97;

const { values } = parseArgs({
	options: {
		runs: { type: 'string', default: '5' },
		deliveries: { type: 'string', default: '400' },
		at: { type: 'string', default: '20' },
		/** Only with the setting by which n8n takes many more. */
		lazy: { type: 'boolean', default: false },
	},
});
const [runs, count, atATime] = [Number(values.runs), Number(values.deliveries), Number(values.at)];

/** What one contender took in one round. */
interface Taken {
	perSecond: number;
	/** Of the whole of n8n, for each delivery. */
	processorMs: number;
}

async function take(lab: OwnLab, contender: Contender, kind: Kind): Promise<Taken> {
	const { status: expected, posts } = contender.deliveries(kind, count);
	const pid = lab.n8n.pid ?? 0;
	const used = await processorTime(pid);
	const { seconds, statuses } = await sendAll(posts, atATime);
	await lab.idle();
	const processorS = (await processorTime(pid)) - used;
	if (statuses.some((status) => status !== expected)) {
		throw new Error(`${contender.name} answered ${kind} with ${[...new Set(statuses)].join()}`);
	}
	return { perSecond: count / seconds, processorMs: (processorS * 1000) / count };
}

async function compare(lab: OwnLab, setting: string): Promise<void> {
	const triggers = await publishTriggers(lab);
	const rows = [];
	for (const kind of KINDS) {
		const taken = await inTurn(
			Object.values(triggers),
			runs,
			async (contender) => await take(lab, contender, kind),
		);
		rows.push([kind, rowOf(triggers, taken)]);
	}
	console.log(
		`\n${setting}: deliveries a second, and ratios of them; ${runs} runs of ${count}, ${atATime} at a time (to reach: ${TO_REACH} of the bare one)`,
	);
	console.table(Object.fromEntries(rows));
}

function rowOf({ ours, bare, webhook }: Triggers, taken: Map<Contender, Taken[]>) {
	const rates = (one: Contender) => (taken.get(one) ?? []).map(({ perSecond }) => perSecond);
	const used = (one: Contender) => (taken.get(one) ?? []).map(({ processorMs }) => processorMs);
	return {
		[ours.name]: Math.round(median(rates(ours))),
		[bare.name]: Math.round(median(rates(bare))),
		[webhook.name]: Math.round(median(rates(webhook))),
		'to bare': ratioOf(rates(ours), rates(bare)),
		'to Webhook': ratioOf(rates(ours), rates(webhook)),
		'processor ms each': rounded(median(used(ours))),
		'of bare': rounded(median(used(bare))),
		'processor ratio': ratioOf(used(ours), used(bare)),
	};
}

async function main(): Promise<void> {
	const cleanUp = new CleanUp();
	try {
		const packageTarball = await packFor(cleanUp);
		const nodes = await bareNodes(cleanUp);
		for (const [name, setting] of Object.entries(SETTINGS)) {
			if (values.lazy && setting !== LAZY) continue;
			const lab = await startLab({ packageTarball, env: { ...nodes, ...setting } });
			try {
				await compare(lab, name);
			} finally {
				await lab.close();
			}
		}
	} finally {
		await cleanUp.run();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
