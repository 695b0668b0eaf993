/* eslint-disable @n8n/community-nodes/no-restricted-imports, no-console */
import { setTimeout as sleep } from 'node:timers/promises';

import { targetOf, type Target } from '../../lab/deliveries';
import type { N8nInstance } from '../../tools/n8n/instance';
import type { StoredWorkflow } from '../../tools/n8n/types';
import { waitUntil } from '../../tools/process/wait';
import { heapOf } from '../heap';
import { memoryOf } from '../memory';
import { deliver } from './deliveries';
import type { Installation } from './installation';
import { judgeExecutions, judgeMemory, judgeQuestions, type Memory } from './judge';
import { Questions } from './questions';

export interface SoakOptions {
	deliveries: number;
	questions: number;
	/** At a time. */
	deliveriesAt: number;
	questionsAt: number;
	/** In MB for each 1,000 deliveries. */
	maxSlope: number;
}

const LEGS = 20;
/** In which processes are killed: what they hold has settled when the last half begins. */
const LEG_OF_THE_KILL = 7;
/** While deliveries are under way, also in a short run. */
const KILLED_AFTER_MS = 1000;
const DOWN_MS = 3000;
const LONG_MS = 300_000;
const STUCK_MS = 20_000;

/**
 * Has an n8n take deliveries, and ask questions meanwhile.
 *
 * @param trigger that takes the deliveries
 * @returns what is wrong, in words
 */
export async function soak(
	installation: Installation,
	trigger: StoredWorkflow,
	options: SoakOptions,
): Promise<string[]> {
	const { lab, processes, killed } = installation;
	const questions = new Questions(lab, installation.url);
	const findings: string[] = [];
	const attempts: number[] = [];
	const memory: Memory = new Map(processes.map(({ name }) => [name, { heap: [], whole: [] }]));

	/** The whole numbers below `total` that are this leg's share. */
	const share = (total: number, leg: number) => {
		const [first, end] = [leg, leg + 1].map((legs) => Math.floor((total * legs) / LEGS));
		return Array.from({ length: (end ?? 0) - (first ?? 0) }, (_, index) => (first ?? 0) + index);
	};
	for (let leg = 0; leg < LEGS; leg += 1) {
		const numbers = share(options.deliveries, leg);
		const isKilling = leg === LEG_OF_THE_KILL;
		const [delivered] = await Promise.all([
			deliver(numbers, () => triggerTarget(installation), options.deliveriesAt),
			questions.ask(share(options.questions, leg).length, options.questionsAt),
			isKilling && Promise.all(killed.map(async (n8n) => await killAndRestart(n8n))),
		]);
		await idle(installation);
		lab.sandbox.clearRecords();
		attempts.push(...delivered.attempts);
		for (const [what, times] of delivered.wrong) findings.push(`${what}, ${times} times`);
		for (const { name, n8n } of processes) {
			const x = attempts.length / 1000;
			memory.get(name)?.heap.push({ x, y: await heapOf(n8n) });
			memory.get(name)?.whole.push({ x, y: memoryOf(n8n.pid ?? 0) });
		}
		console.log(
			`${attempts.length} deliveries, ${(numbers.length / delivered.seconds).toFixed(1)} a second; ${questions.asked} questions`,
		);
	}
	const retried = await finish(installation, questions);
	findings.push(
		...judgeExecutions(await installation.executionsOf(trigger.id), attempts, killed.length > 0),
		...judgeQuestions(questions, retried),
		...judgeMemory(memory, options.maxSlope),
	);
	await lab.unpublish(trigger);
	const isNoneLeft = async () => lab.sandbox.webhooks().length === 0;
	if (!(await comesTrue(isNoneLeft, 60_000))) {
		findings.push(`${lab.sandbox.webhooks().length} webhooks are left`);
	}
	return findings;
}

/** Of the trigger: its URL changes with each question. */
function triggerTarget({ lab: { sandbox } }: Installation): Target {
	const webhooks = sandbox.webhooks().filter(({ url }) => !url.includes('/webhook-waiting/'));
	return targetOf({ webhooks: () => webhooks });
}

/** As a crash or a power cut would. */
async function killAndRestart(n8n: N8nInstance): Promise<void> {
	await sleep(KILLED_AFTER_MS);
	await n8n.kill();
	await sleep(DOWN_MS);
	await n8n.restart();
	console.log(`Killed and restarted ${n8n.url}`);
}

/** Waits until nothing runs. What a killed worker had taken, but not begun, stays queued for good. */
async function idle({ lab: { rest } }: Installation): Promise<void> {
	let busyAt = Date.now();
	const isIdle = async () => {
		const executions = await rest.executions({ status: ['new', 'running'] });
		if (executions.some(({ status }) => status === 'running')) busyAt = Date.now();
		return executions.length === 0 || Date.now() - busyAt > STUCK_MS;
	};
	await comesTrue(isIdle, LONG_MS);
}

/**
 * Does what a person does who looks at n8n's list of executions after a crash.
 *
 * @returns the number of executions that were retried
 */
async function finish(installation: Installation, questions: Questions): Promise<number> {
	const { rest, sandbox } = installation.lab;
	await idle(installation);
	for (const { id } of await rest.executions({ status: ['new'] })) await rest.stop(id);
	const begun = await rest.executions({ status: ['crashed', 'canceled'] });
	for (const execution of begun) await rest.retry(execution);
	await questions.replyAgain();
	await comesTrue(async () => questions.haveGoneOn, LONG_MS);
	await sandbox.settled();
	await idle(installation);
	return begun.length;
}

async function comesTrue(condition: () => Promise<boolean>, timeout: number): Promise<boolean> {
	const waiting = waitUntil(condition, { what: 'it', timeout, interval: 500 });
	return await waiting.then(
		() => true,
		() => false,
	);
}
