/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import axios from 'axios';

import { messageBody, sendAll, targetOf, type Post, type Target } from '../lab/deliveries';
import { startLab, type OwnLab } from '../lab/lab';
import { instaplyTrigger, NEXT } from '../lab/nodes';
import { installN8n } from '../tools/n8n/install';

/*
 * Many deliveries to one n8n, a tenth each duplicates, forged, malformed and filtered. Each valid
 * message has to run exactly once, nothing else may run, and memory has to stay where it is.
 */

const { values } = parseArgs({
	options: {
		deliveries: { type: 'string', default: '20000' },
		at: { type: 'string', default: '50' },
	},
});
const DELIVERIES = Number(values.deliveries);
const LEGS = 10;

type Kind = 'valid' | 'duplicate' | 'forged' | 'malformed' | 'filtered';
/** By the last digit of a delivery's number. */
const KINDS: Kind[] = [
	'valid',
	'duplicate',
	'valid',
	'forged',
	'valid',
	'malformed',
	'valid',
	'filtered',
	'valid',
	'valid',
];
const STATUSES: Record<Kind, number[]> = {
	valid: [200],
	duplicate: [200],
	filtered: [200],
	forged: [401],
	malformed: [400, 422],
};

const kindOf = (number: number): Kind => KINDS[number % KINDS.length] ?? 'valid';

function post(number: number, target: Target): Post {
	const kind = kindOf(number);
	if (kind === 'forged') return { ...target, headers: {}, body: messageBody(number) };
	if (kind === 'filtered') return { ...target, body: messageBody(number, { fromCustomer: false }) };
	if (kind === 'malformed') return { ...target, body: malformed(number) };
	return { ...target, body: messageBody(kind === 'duplicate' ? originalOf(number) : number) };
}

/** Half of the duplicates come at the same moment as the first delivery, half a while later. */
function originalOf(number: number): number {
	return number % 20 < 10 || number < 1001 ? number - 1 : number - 1001;
}

function malformed(number: number): string {
	const body = messageBody(number);
	const bodies = [
		body.slice(0, -10),
		'[]',
		messageBody(number, { messageId: null }),
		body.replace('"data":{', '"data":{"__proto__":{},'),
		body.replace('"data":{', `"data":{"more":${'['.repeat(1000)}${']'.repeat(1000)},`),
	];
	return bodies[Math.floor(number / KINDS.length) % bodies.length] ?? '';
}

/** The messages that ran, as n8n stored them: one entry an execution. */
async function executed({ n8n }: OwnLab): Promise<number[]> {
	const { node } = await installN8n();
	const script = `
		const { DatabaseSync } = require('node:sqlite');
		const rows = new DatabaseSync(process.argv[1]).prepare('SELECT data FROM execution_data').iterate();
		for (const { data } of rows) console.log(/Message (\\d+)/.exec(data)?.[1] ?? 'unknown');
	`;
	const database = join(n8n.userFolder, '.n8n', 'database.sqlite');
	const { stdout } = await promisify(execFile)(node, ['-e', script, database], {
		maxBuffer: 64 * 1024 * 1024,
	});
	return stdout.split('\n').filter(Boolean).map(Number);
}

/** What n8n's JavaScript holds, in MB. */
async function heapOf({ n8n }: OwnLab): Promise<number> {
	const { data } = await axios.get<string>(`${n8n.url}/metrics`, { proxy: false });
	const [, bytes = 'NaN'] = /^n8n_nodejs_heap_size_used_bytes (\S+)$/m.exec(data) ?? [];
	return Math.round(Number(bytes) / 1024 / 1024);
}

async function soak(lab: OwnLab): Promise<boolean> {
	await lab.publish({ nodes: [instaplyTrigger('soak'), NEXT] });
	const target = targetOf(lab.sandbox);
	const wrong = new Map<string, number>();
	const perLeg = DELIVERIES / LEGS;
	for (let leg = 0; leg < LEGS; leg += 1) {
		const numbers = Array.from({ length: perLeg }, (_, index) => leg * perLeg + index);
		const posts = numbers.map((number) => post(number, target));
		const { seconds, statuses } = await sendAll(posts, Number(values.at));
		await lab.idle();
		numbers.forEach((number, index) => {
			const [kind, status] = [kindOf(number), statuses[index] ?? 0];
			if (STATUSES[kind].includes(status)) return;
			const what = `${kind} answered ${status}`;
			wrong.set(what, (wrong.get(what) ?? 0) + 1);
		});
		const rate = Math.round(perLeg / seconds);
		console.log(`${(leg + 1) * perLeg} deliveries, ${rate} a second, heap ${await heapOf(lab)} MB`);
	}
	const ran = await executed(lab);
	const numbers = Array.from({ length: DELIVERIES }, (_, number) => number);
	const due = numbers.filter((number) => kindOf(number) === 'valid');
	const once = new Set(ran);
	const missing = due.filter((number) => !once.has(number)).length;
	const surplus = ran.length - (due.length - missing);
	console.table({ due: due.length, ran: ran.length, missing, surplus });
	for (const [what, count] of wrong) console.log(`Wrong: ${what}, ${count} times`);
	return missing === 0 && surplus === 0 && wrong.size === 0;
}

async function main(): Promise<void> {
	const lab = await startLab({
		// So that what is held for good shows, and not what is still to be collected.
		heapMb: 1024,
		env: {
			N8N_METRICS: 'true',
			// Saves n8n tens of milliseconds a delivery: see trigger.ts.
			N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
		},
	});
	try {
		if (!(await soak(lab))) process.exitCode = 1;
	} finally {
		await lab.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
