/* eslint-disable no-console */
import { slope, type Point } from '../slope';
import { kindOf, messageIn } from './deliveries';
import type { Installation } from './installation';
import type { Questions } from './questions';

/*
 * What a soak has to show, in tables, and what is wrong with it, in words.
 */

/** What a person retries: it counts when it was retried. */
const NOT_RUN = ['crashed', 'canceled'];

/**
 * @param executions of the trigger
 * @param attempts at each delivery, by its number
 * @param areSeveral whether n8n is several processes, of which some were killed
 */
export function judgeExecutions(
	executions: Awaited<ReturnType<Installation['executionsOf']>>,
	attempts: readonly number[],
	areSeveral: boolean,
): string[] {
	const runs = new Map<number, number>();
	let replies = 0;
	for (const { status, text } of executions) {
		if (NOT_RUN.includes(status)) continue;
		if (text === null) replies += 1;
		else count(runs, Number(text.replace('Message ', '')), 1);
	}
	const deliveries = new Map<number, number>();
	attempts.forEach((times, number) => count(deliveries, messageIn(number), times));

	const due = [...attempts.keys()].filter((number) => kindOf(number) === 'valid');
	const missing = due.filter((number) => !runs.has(number)).length;
	const surplus = [...runs.keys()].filter((number) => kindOf(number) !== 'valid').length;
	const twice = [...runs].filter(([, times]) => times > 1);
	const tooOften = twice.filter(([number, times]) => times > (deliveries.get(number) ?? 0)).length;
	console.table({
		'messages that were to run': due.length,
		missing,
		'run twice': twice.length,
		'run more often than delivered': tooOften,
		'run, but were not to': surplus,
		'replies that started the workflow': replies,
		'deliveries that were made again': attempts.reduce((sum, times) => sum + times - 1, 0),
	});
	return found({
		'messages did not run': missing,
		'ran that were not to': surplus,
		'ran more often than they were delivered': tooOften,
		// A single process remembers what it took, and which replies are awaited.
		...(!areSeveral && { 'ran twice': twice.length, 'replies started the workflow': replies }),
	});
}

/** @param retried executions that a killed process had begun: they may ask again, or confirm again */
export function judgeQuestions(questions: Questions, retried: number): string[] {
	const { asked, refused, lost, repeated } = questions;
	console.table({
		questions: asked,
		'threads in which something was said twice': repeated,
		'executions that were retried': retried,
		'replies that were delivered again': refused,
	});
	const wrongs = [...questions.wrongs()].map(([said, times]) => `In ${times} threads: ${said}`);
	const counts = {
		'deliveries of replies were never taken': lost,
		'threads have something twice without a retry': Math.max(0, repeated - retried),
	};
	return [...found(counts), ...wrongs];
}

/** By process, in MB over thousands of deliveries. */
export type Memory = Map<
	string,
	{
		/** What its JavaScript holds. */
		heap: Point[];
		/** All of it; the part that is not JavaScript goes up and down with what n8n evaluates. */
		whole: Point[];
	}
>;

/** Over the last half. */
export function judgeMemory(memory: Memory, maxSlope: number): string[] {
	const findings: string[] = [];
	const rows: Record<string, object> = {};
	for (const [name, { heap, whole }] of memory) {
		const growth = slope(lastHalf(heap));
		rows[name] = {
			'heap, MB': spanOf(lastHalf(heap)),
			'for each 1,000 deliveries': Number(growth.toFixed(2)),
			'process, MB': spanOf(lastHalf(whole)),
			'for each 1,000': Number(slope(lastHalf(whole)).toFixed(2)),
		};
		// Not a number is wrong, too.
		if (!(growth <= maxSlope)) {
			findings.push(`${name} grows by ${growth.toFixed(2)} MB for each 1,000 deliveries`);
		}
	}
	console.log('\nMemory after a garbage collection, over the last half');
	console.table(rows);
	return findings;
}

function lastHalf(points: readonly Point[]): Point[] {
	return points.slice(Math.floor(points.length / 2));
}

function spanOf(points: readonly Point[]): string {
	const values = points.map(({ y }) => Math.round(y));
	return `${Math.min(...values)} to ${Math.max(...values)}`;
}

function count(counts: Map<number, number>, number: number, times: number): void {
	counts.set(number, (counts.get(number) ?? 0) + times);
}

function found(counts: Record<string, number>): string[] {
	return Object.entries(counts).flatMap(([what, times]) => (times > 0 ? [`${times} ${what}`] : []));
}
