/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import axios from 'axios';

import { messageBody, sendAll, targetOf } from '../lab/deliveries';
import { startLab } from '../lab/lab';
import { instaplyTrigger, NEXT, webhook } from '../lab/nodes';
import { median } from './median';
import { watchMemory } from './memory';
import { SETTINGS } from './settings';

/*
 * What it costs that messages are collected: many threads that write at once, with the option Collect
 * Messages and without it, each in an n8n of its own. Another webhook of that n8n is called meanwhile.
 */

const { values } = parseArgs({
	options: {
		threads: { type: 'string', default: '200' },
		messages: { type: 'string', default: '3' },
		at: { type: 'string', default: '5' },
		seconds: { type: 'string', default: '30' },
	},
});
const [threads, messages] = [Number(values.threads), Number(values.messages)];
const FIRST_THREAD = 1_000_000;
const PAUSE_MS = 250;

async function measure(env: Record<string, string>, collects: boolean): Promise<object> {
	const lab = await startLab({ env });
	try {
		const options = collects ? { collectMessages: Number(values.seconds) } : {};
		const trigger = instaplyTrigger('bench-collect', { options });
		const { id: workflowId } = await lab.publish({ nodes: [trigger, NEXT] });
		await lab.publish({ nodes: [webhook('bench-other'), NEXT] });
		const target = targetOf(lab.sandbox);
		const posts = Array.from({ length: threads * messages }, (_, index) => ({
			...target,
			body: messageBody(index + 1, {
				customerThreadId: FIRST_THREAD + Math.floor(index / messages),
			}),
		}));
		const pid = lab.n8n.pid ?? 0;
		const before = watchMemory(pid).stop();
		const others = callAgainAndAgain(`${lab.n8nUrl}/webhook/bench-other`);
		const memory = watchMemory(pid);
		const { seconds, statuses } = await sendAll(posts, Number(values.at));
		if (statuses.some((status) => status !== 200)) throw new Error(`${[...new Set(statuses)]}`);
		// Those that have run are counted by n8n itself: its list of executions ends with 100.
		const expected = collects ? threads : threads * messages;
		const runs = async () => await lab.rest.countExecutions({ workflowId });
		while ((await runs()) < expected) await sleep(PAUSE_MS);
		await lab.idle();
		const peak = memory.stop();
		const responses = await others.stop();
		return {
			'deliveries a second': Math.round(posts.length / seconds),
			runs: await runs(),
			'MB more at most': peak - before,
			'ms of another webhook': Math.round(median(responses)),
			'ms at most': Math.round(Math.max(...responses)),
		};
	} finally {
		await lab.close();
	}
}

/** @returns how long each response took, in ms; `stop` ends it */
function callAgainAndAgain(url: string): { stop(): Promise<number[]> } {
	let isStopped = false;
	const calls = async () => {
		const times: number[] = [];
		while (!isStopped) {
			const start = performance.now();
			await axios.post(url, {}, { proxy: false });
			times.push(performance.now() - start);
			await sleep(PAUSE_MS);
		}
		return times;
	};
	const times = calls();
	return {
		async stop() {
			isStopped = true;
			return await times;
		},
	};
}

async function main(): Promise<void> {
	for (const [setting, env] of Object.entries(SETTINGS)) {
		const rows = { off: await measure(env, false), on: await measure(env, true) };
		console.log(
			`\n${setting}: ${threads} threads with ${messages} messages each, ${values.at} deliveries at a time`,
		);
		console.table(rows);
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
