/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import axios from 'axios';

import { startLab, type Lab } from '../lab/lab';
import { INSTAPLY, webhook } from '../lab/nodes';
import type { NodeDraft } from '../lab/workflow';
import { median } from './median';

/*
 * What it costs that executions wait for a reply: each has a webhook of its own at Instaply, so every
 * message is delivered to all of them.
 */

const { values } = parseArgs({
	options: {
		waiting: { type: 'string', default: '10,100,1000' },
		messages: { type: 'string', default: '5' },
	},
});
/** How long the sandbox waits for n8n's response to a delivery; how long Instaply waits is unknown. */
const DELIVERY_TIMEOUT_MS = 600_000;

const NODES: NodeDraft[] = [
	webhook('bench-waiting'),
	{
		name: 'Ask',
		type: INSTAPLY,
		parameters: {
			resource: 'message',
			operation: 'sendAndWait',
			customerThreadId: '={{ $json.body.thread }}',
			text: 'Will you come?',
		},
	},
];

/** Seconds of processor time that a process has used. */
async function processorTime(pid: number): Promise<number> {
	const [, fields = ''] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ');
	const [userTicks = 0, systemTicks = 0] = fields.split(' ').slice(11, 13).map(Number);
	return (userTicks + systemTicks) / 100;
}

/** Has more executions ask, each in a thread of its own, until `count` executions wait. */
async function haveWait(count: number, lab: Lab): Promise<void> {
	const { n8nUrl, sandbox } = lab;
	// A question is a message too: it would be delivered to all that wait already.
	await setEnabled(false, lab);
	while (sandbox.webhooks().length < count) {
		const left = count - sandbox.webhooks().length;
		const asked = Array.from({ length: Math.min(10, left) }, async () => {
			const thread = String(sandbox.addThread().id);
			await axios.post(`${n8nUrl}/webhook/bench-waiting`, { thread }, { proxy: false });
		});
		await Promise.all(asked);
		await lab.idle();
		await setEnabled(false, lab);
	}
	await sandbox.settled();
	await setEnabled(true, lab);
}

async function setEnabled(enabled: boolean, { sandbox }: Lab): Promise<void> {
	const headers = { token: sandbox.token, 'Content-Type': 'application/json' };
	for (const { id, enabled: isEnabled } of sandbox.webhooks()) {
		if (isEnabled === enabled) continue;
		const url = `${sandbox.url}/api/webhooks/${id}/update`;
		await axios.post(url, { enabled }, { headers, proxy: false });
	}
}

async function main(): Promise<void> {
	const lab = await startLab({ sandboxOptions: { deliveryTimeoutMs: DELIVERY_TIMEOUT_MS } });
	const { n8n, sandbox } = lab;
	try {
		await lab.publish({ nodes: NODES });
		const rows: Record<string, object> = {};
		for (const count of values.waiting.split(',').map(Number)) {
			await haveWait(count, lab);
			const { id } = sandbox.addThread();
			const [seconds, cpu, taken]: [number[], number[], number[]] = [[], [], []];
			for (let message = 0; message < Number(values.messages); message += 1) {
				sandbox.clearRecords();
				const [start, used] = [performance.now(), await processorTime(n8n.pid ?? 0)];
				const { deliveries } = await sandbox.customerWrites(id, 'Another customer');
				seconds.push((performance.now() - start) / 1000);
				cpu.push((await processorTime(n8n.pid ?? 0)) - used);
				if (deliveries.length !== count) throw new Error(`${deliveries.length} deliveries`);
				taken.push(deliveries.filter(({ status }) => status === 200).length);
			}
			rows[`${count} waiting`] = {
				'deliveries a message': count,
				'answered with 200': median(taken),
				's until all are answered': Number(median(seconds).toFixed(2)),
				's of processor time': Number(median(cpu).toFixed(2)),
			};
			console.log(`${count} waiting: measured`);
		}
		console.log(`\nOne message while executions wait, medians of ${values.messages} messages`);
		console.table(rows);
	} finally {
		await lab.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
