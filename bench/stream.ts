/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';

import type { OwnLab } from '../lab/lab';
import type { DeliveryRecord } from '../sandbox/server';
import type { StoredWorkflow } from '../tools/n8n/types';
import { median } from './median';
import { memoryOf } from './memory';
import { processorTime } from './process';

/** A message that somebody writes. */
export interface Line {
	threadId: number;
	text: string;
}

/** What became of a message. */
interface Delivered {
	seconds: number;
	deliveries: DeliveryRecord[];
}

export interface StreamResult {
	messages: number;
	deliveries: number;
	'answered with 200': number;
	's until through, median': number;
	's at most': number;
	's of processor time, each': number;
	's of the editor at most': number;
	'refused to the editor': number;
	'MB at most': number;
}

const LOOK_EVERY_MS = 1000;

/** Customers write, so many messages a second, whatever becomes of those before. */
export async function stream(
	lab: OwnLab,
	lines: Line[],
	perSecond: number,
	workflow: StoredWorkflow,
): Promise<StreamResult> {
	const pid = lab.n8n.pid ?? 0;
	const used = await processorTime(pid);
	const editor = watchEditor(lab, workflow);
	const start = performance.now();
	const written: Array<Promise<Delivered>> = [];
	for (const [index, line] of lines.entries()) {
		await sleep(Math.max(0, start + (index * 1000) / perSecond - performance.now()));
		written.push(write(lab, line));
	}
	const delivered = await Promise.all(written);
	const cpu = (await processorTime(pid)) - used;
	const watched = await editor.stop();
	const seconds = delivered.map((message) => message.seconds);
	const deliveries = delivered.flatMap((message) => message.deliveries);
	return {
		messages: lines.length,
		deliveries: deliveries.length,
		'answered with 200': deliveries.filter(({ status }) => status === 200).length,
		's until through, median': rounded(median(seconds)),
		's at most': rounded(Math.max(...seconds)),
		's of processor time, each': rounded(cpu / lines.length),
		's of the editor at most': rounded(watched.seconds),
		'refused to the editor': watched.refused,
		'MB at most': watched.megabytes,
	};
}

export async function write({ sandbox }: OwnLab, { threadId, text }: Line): Promise<Delivered> {
	const start = performance.now();
	const { deliveries } = await sandbox.customerWrites(threadId, text);
	return { seconds: (performance.now() - start) / 1000, deliveries };
}

export function rounded(value: number): number {
	return Number(value.toFixed(3));
}

/** Opens n8n's page, a workflow and the list of executions again and again, as somebody who works in it. */
function watchEditor(
	{ n8n, n8nUrl, rest }: OwnLab,
	{ id }: StoredWorkflow,
): { stop(): Promise<{ seconds: number; refused: number; megabytes: number }> } {
	let isStopped = false;
	const looks = [
		async () => await axios.get(n8nUrl, { proxy: false }),
		async () => await rest.workflow(id),
		async () => await rest.executions({ status: ['waiting'] }),
	];
	const watch = async () => {
		const most = { seconds: 0, refused: 0, megabytes: 0 };
		while (!isStopped) {
			for (const look of looks) {
				const start = performance.now();
				await look().catch(() => (most.refused += 1));
				most.seconds = Math.max(most.seconds, (performance.now() - start) / 1000);
			}
			most.megabytes = Math.max(most.megabytes, memoryOf(n8n.pid ?? 0));
			await sleep(LOOK_EVERY_MS);
		}
		return most;
	};
	const watching = watch();
	return {
		async stop() {
			isStopped = true;
			return await watching;
		},
	};
}
