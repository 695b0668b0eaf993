import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/server';
import { EngineN8n } from '../support/engine/engineN8n';
import { quiet } from '../support/engine/sandbox';
import { TriggerOnN8n } from '../support/engine/triggerOnN8n';
import { WaitingExecution } from '../support/engine/waitingExecution';
import { random } from '../support/unit/random';

/*
 * Thirty days of questions, over a change to summer time. The clocks of n8n and of Instaply are minutes
 * apart and set every few hours; twice, somebody sets that of n8n an hour wrong, and back. Only the clocks
 * are simulated: the workflows run on n8n's engine, and the requests go over HTTP.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEGIN = Date.UTC(2026, 2, 15);

/** By how much a clock is wrong, at most. Together, two are less apart than the allowance. */
const DRIFT = 4 * MINUTE;
/** Timers may ring so much early. */
const EARLY = 1_000;

const next = random(30);
const upTo = (limit: number) => next(limit + 1);
const drift = () => upTo(2 * DRIFT) - DRIFT;

let elapsed = 0;
/** What time it really is. */
const trueTime = () => BEGIN + elapsed;
let instaplyIsWrongBy = 0;

/** Time passes, for clocks and for durations alike. */
function passUntil(time: number): void {
	const ms = Math.max(0, time - trueTime());
	elapsed += ms;
	jest.advanceTimersByTime(ms);
}

/** Somebody sets the clock of n8n, which looks once a minute for whose time is up. */
function setN8n(wrongBy: number): void {
	jest.setSystemTime(trueTime() + wrongBy);
	for (const question of questions) {
		const left = Math.max(0, question.end - Date.now());
		question.rings = Math.min(question.rings, trueTime() + left);
	}
}

interface Question {
	execution: WaitingExecution;
	thread: number;
	/** What n8n has promised, by its clock. */
	end: number;
	askedAt: number;
	/** How long it was to wait; undefined when until a moment. */
	ms?: number;
	/** When the customer replies, if at all. */
	reply?: { at: number; text: string };
	isStopped: boolean;
	/** When a timer of n8n rings, which goes on when the clock is set back. */
	rings: number;
}

let sandbox: Sandbox;
let n8n: EngineN8n;
const questions: Question[] = [];

beforeAll(async () => {
	jest.useFakeTimers({
		now: BEGIN,
		doNotFake: [
			...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const),
			...(['setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'hrtime'] as const),
		],
	});
	sandbox = await startSandbox({ now: () => trueTime() + instaplyIsWrongBy });
	n8n = await EngineN8n.start();
});
afterAll(async () => {
	for (const { execution } of questions) await execution.close();
	await n8n.close();
	await sandbox.close();
	jest.useRealTimers();
});

/** Until when to wait; with a moment in the local time of the workflow, too. */
function someLimit(): { values: INodeParameters; ms?: number } {
	const amounts: Array<[amount: number, unit: string, ms: number]> = [
		[30, 'minutes', 30 * MINUTE],
		[3, 'hours', 3 * HOUR],
		[1, 'days', DAY],
		[3, 'days', 3 * DAY],
	];
	const [resumeAmount, resumeUnit, ms] = amounts[upTo(amounts.length)] ?? [];
	if (resumeAmount !== undefined && resumeUnit !== undefined) {
		return { values: { limitType: 'afterTimeInterval', resumeAmount, resumeUnit }, ms };
	}
	const moment = new Date(trueTime() + 2 * DAY).toISOString().slice(0, 16);
	return { values: { limitType: 'atSpecifiedTime', maxDateAndTime: moment } };
}

async function ask(): Promise<void> {
	const { values, ms } = someLimit();
	const thread = sandbox.addThread().id;
	const execution = await WaitingExecution.ask(sandbox, {
		n8n,
		parameters: {
			customerThreadId: String(thread),
			options: { limitWaitTime: { values } },
		},
	});
	await quiet(sandbox);
	const end = Number(execution.waitTill);
	const [askedAt, wait] = [trueTime(), end - Date.now()];
	const replies = upTo(9) < 6;
	const isStopped = !replies && upTo(3) === 0;
	if (isStopped) n8n.executions[execution.id] = 'stopped';
	questions.push({
		execution,
		thread,
		end,
		askedAt,
		...(ms !== undefined && { ms }),
		// Not in the last minutes, in which a clock decides whether it comes in time.
		...(replies && {
			reply: {
				at: askedAt + MINUTE + upTo(Math.max(0, wait - 2 * DRIFT - 2 * MINUTE)),
				text: `reply ${questions.length}`,
			},
		}),
		isStopped,
		rings: askedAt + wait,
	});
}

const isOpen = ({ execution, isStopped }: Question) => execution.resumed.length === 0 && !isStopped;

async function reply(question: Question): Promise<void> {
	const { thread, execution, askedAt } = question;
	const { text = '' } = question.reply ?? {};
	await sandbox.customerWrites(thread, text);
	expect(execution.resumed).toMatchObject([{ reply: { text }, timedOut: false }]);
	const [{ waitedSeconds }] = execution.resumed as [IDataObject];
	const wrongBy = Math.abs(Number(waitedSeconds) * 1000 - (trueTime() - askedAt));
	// It is a difference of what the clock said.
	expect(wrongBy).toBeLessThanOrEqual(2 * DRIFT + HOUR + 1_000);
	expect(waitedSeconds).toBeGreaterThanOrEqual(0);
}

async function ring(question: Question): Promise<void> {
	const { execution, end } = question;
	await execution.timerRings();
	expect(Number(execution.waitTill)).toBe(end);
	if (execution.resumed.length === 0) {
		// The clock was set back since. n8n has another timer for what is left.
		expect(Date.now()).toBeLessThan(end);
		question.rings = trueTime() + (end - Date.now());
		return;
	}
	expect(execution.resumed).toMatchObject([{ reply: null, timedOut: true }]);
	expect(Date.now()).toBeGreaterThanOrEqual(end - EARLY);
}

/** All that is due until some moment, in its order. */
async function liveUntil(time: number): Promise<void> {
	for (;;) {
		const due = questions.filter(isOpen).map((question) => {
			const { rings, reply: coming } = question;
			const isReply = coming !== undefined && coming.at <= rings;
			return { question, at: isReply ? coming.at : rings, work: isReply ? reply : ring };
		});
		const [first] = due.sort((one, other) => one.at - other.at);
		if (first === undefined || first.at > time) break;
		passUntil(first.at);
		await first.work(first.question);
	}
	passUntil(time);
}

it('No question ends early, no reply is missed, and nothing is left behind', async () => {
	let trigger: TriggerOnN8n | undefined;
	for (let day = 0; day < 30; day += 1) {
		if (day === 10) {
			// From now on, a trigger forwards the replies.
			trigger = await TriggerOnN8n.start(sandbox, {}, { n8n });
			await trigger.activate();
			await quiet(sandbox);
		}
		for (let hour = 0; hour < 24; hour += 6) {
			instaplyIsWrongBy = drift();
			setN8n(drift());
			if (hour < 18) await ask();
			await liveUntil(BEGIN + day * DAY + (hour + 2) * HOUR);
			// Nobody asks in these hours: a question of an hour that is to come waits for replies from then on.
			if (day === 5 || day === 14) setN8n(-HOUR);
			if (day === 7 || day === 21) setN8n(HOUR);
			await liveUntil(BEGIN + day * DAY + (hour + 4) * HOUR);
			setN8n(drift());
			await liveUntil(BEGIN + day * DAY + (hour + 6) * HOUR);
		}
	}
	await liveUntil(BEGIN + 35 * DAY);

	const answered = questions.filter(({ reply: coming }) => coming !== undefined);
	const stopped = questions.filter(({ isStopped }) => isStopped);
	expect(questions.length).toBe(90);
	expect(answered.length).toBeGreaterThan(30);
	expect(stopped.length).toBeGreaterThan(3);
	for (const { execution, isStopped } of questions) {
		expect(execution.resumed).toHaveLength(isStopped ? 0 : 1);
	}
	// Every reply was for a question, and started nothing.
	expect(trigger?.started).toEqual([]);
	// The next question removes what is left of those that were stopped.
	await ask();
	await liveUntil(trueTime() + 5 * DAY);
	await quiet(sandbox);
	await trigger?.deactivate();
	await trigger?.close();
	await quiet(sandbox);
	expect(sandbox.webhooks()).toEqual([]);
}, 300_000);
