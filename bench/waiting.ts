/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import axios from 'axios';

import { startLab, type OwnLab } from '../lab/lab';
import { askPosted, instaplyTrigger, NEXT, webhook } from '../lab/nodes';
import type { NodeDraft } from '../lab/workflow';
import type { DeliveryRecord } from '../sandbox/server';
import type { StoredWorkflow } from '../tools/n8n/types';
import { waitUntil } from '../tools/process/wait';
import { median } from './median';
import { memoryOf } from './memory';
import { processorTime } from './process';
import { rounded, stream, write, type Line } from './stream';

/*
 * What it costs that executions wait for a reply: each has a webhook of its own at Instaply. With a
 * published trigger, a message is delivered once; without, it is delivered to all that wait. Both are
 * measured in the same n8n, with the same executions.
 */

const { values } = parseArgs({
	options: {
		waiting: { type: 'string', default: '0,10,100,1000,5000' },
		messages: { type: 'string', default: '5' },
		replies: { type: 'string', default: '3' },
		/** How many executions really ask: it takes long. The others are only registered at Instaply. */
		asked: { type: 'string', default: 'Infinity' },
		seconds: { type: 'string', default: '60' },
		/** Without a published trigger: how many may wait, and the seconds of a stream. */
		'most-without': { type: 'string', default: '1000' },
		'most-without-lazy': { type: 'string', default: '100' },
		'seconds-without': { type: 'string', default: '5' },
	},
});
/** How long the sandbox waits for n8n's response to a delivery; how long Instaply waits is unknown. */
const DELIVERY_TIMEOUT_MS = 600_000;
/** Without a trigger, more deliveries than that take too long to measure. */
const MAX_DELIVERIES = 1_000;

interface Setting {
	name: string;
	env: Record<string, string>;
	/** Of the stream. */
	perSecond: number;
	mostWithout: 'most-without' | 'most-without-lazy';
}

/** The one that asks faster comes first. */
const SETTINGS: Setting[] = [
	{
		name: 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true',
		env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
		perSecond: 20,
		mostWithout: 'most-without-lazy',
	},
	{
		name: "n8n's defaults",
		env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false' },
		perSecond: 5,
		mostWithout: 'most-without',
	},
];

const ASK: NodeDraft[] = [webhook('bench-waiting'), askPosted()];

const ASKED_AT_A_TIME = 10;
const LONG_MS = 600_000;
/** In which n8n does what follows a response. */
const AFTERWARDS_MS = 500;
const OTHER_CUSTOMERS = 50;
/** In place of the ID of an execution. */
const FIRST_REGISTERED = 900_000_000;

type Row = Record<string, string | number>;

/** One n8n with executions that wait. */
class Bench {
	private readonly waitingThreads: number[] = [];
	private readonly others: number[];
	private trigger?: StoredWorkflow;
	/** Without an execution. */
	private registered = 0;
	readonly first: Row[] = [];
	readonly alone: Row[] = [];
	readonly streams: Row[] = [];

	constructor(
		private readonly lab: OwnLab,
		private readonly asks: StoredWorkflow,
	) {
		const { sandbox } = lab;
		this.others = Array.from({ length: OTHER_CUSTOMERS }, () => sandbox.addThread().id);
	}

	async publishTrigger(): Promise<void> {
		const start = performance.now();
		const nodes = [instaplyTrigger('bench-reception'), NEXT];
		this.trigger = await this.lab.publish({ nodes });
		await this.untilAll(false);
		this.tell(`published in ${seconds(start)} s`);
	}

	async unpublishTrigger(): Promise<void> {
		if (this.trigger === undefined) return;
		const start = performance.now();
		await this.lab.unpublish(this.trigger);
		await this.untilAll(true);
		this.trigger = undefined;
		this.tell(`unpublished in ${seconds(start)} s`);
	}

	/** Has more executions ask, each in a thread of its own, until `count` executions wait. */
	async haveWait(count: number): Promise<void> {
		const asked = Math.min(count, Number(values.asked));
		await this.haveAsk(asked - this.waitingThreads.length);
		await this.register(count - asked - this.registered);
	}

	/** Registers webhooks as those of questions, without an execution that waits. */
	private async register(missing: number): Promise<void> {
		const { sandbox } = this.lab;
		const [question] = this.questions();
		if (question === undefined) return;
		const headers = { token: sandbox.token, 'Content-Type': 'application/json' };
		for (let number = 0; number < missing; number += 1) {
			const url = new URL(question.url);
			url.pathname = url.pathname.replace(/\d+/, String(FIRST_REGISTERED + this.registered));
			url.searchParams.set('instaplyThread', String(sandbox.addThread().id));
			url.searchParams.set('instaplyKey', randomBytes(32).toString('hex'));
			const { enabled, subscribedEvents, extraHeaders } = question;
			const webhook = { url: url.href, enabled, subscribedEvents, extraHeaders };
			await axios.post(`${sandbox.url}/api/webhooks/`, webhook, { headers, proxy: false });
			this.registered += 1;
		}
	}

	private async haveAsk(missing: number): Promise<void> {
		if (missing <= 0) return;
		const { n8nUrl, sandbox } = this.lab;
		const registeredBefore = this.questions().length;
		const start = performance.now();
		for (let asked = 0; asked < missing; asked += 1) {
			const registered = this.questions().length - registeredBefore;
			if (asked > 0 && asked % 500 === 0) this.tell(`asked ${asked} in ${seconds(start)} s`);
			if (asked - registered >= ASKED_AT_A_TIME) {
				await waitUntil(
					() => asked - (this.questions().length - registeredBefore) < ASKED_AT_A_TIME,
					{ what: 'a question to be registered', interval: 10, timeout: LONG_MS },
				);
			}
			const thread = sandbox.addThread().id;
			this.waitingThreads.push(thread);
			await axios.post(`${n8nUrl}/webhook/bench-waiting`, { thread }, { proxy: false });
		}
		await waitUntil(() => this.questions().length === this.waitingThreads.length, {
			what: 'all questions to be registered',
			timeout: LONG_MS,
		});
		await this.lab.idle();
		await sandbox.settled();
		this.tell(`asked ${missing} in ${seconds(start)} s`);
	}

	async measureAlone(setting: Setting, count: number): Promise<void> {
		const { n8n, sandbox } = this.lab;
		const pid = n8n.pid ?? 0;
		sandbox.clearRecords();
		const messages = this.isForwarded ? Number(values.messages) : Math.ceil(500 / (count + 100));
		const [times, cpu, taken]: [number[], number[], number[]] = [[], [], []];
		let deliveryCount = 0;
		sandbox.clearRecords();
		for (let message = 0; message < messages; message += 1) {
			const used = await processorTime(pid);
			const line = { threadId: this.otherThread(message), text: 'Another customer' };
			const { seconds: time, deliveries } = await write(this.lab, line);
			await sleep(AFTERWARDS_MS);
			times.push(time);
			cpu.push((await processorTime(pid)) - used);
			taken.push(deliveries.filter(({ status }) => status === 200).length);
			deliveryCount = deliveries.length;
		}
		const requests = sandbox.requests().length / messages;
		const asks = this.isForwarded ? count > 0 : count <= 100;
		const replyTimes = asks ? await this.replyTimes() : [];
		this.addTo(this.alone, {
			setting: setting.name,
			waiting: count,
			trigger: this.isForwarded ? 'published' : 'none',
			'deliveries a message': deliveryCount,
			'answered with 200': median(taken),
			's of a message': rounded(median(times)),
			's of processor time': rounded(median(cpu)),
			'requests a message': requests,
			's of a reply': rounded(median(replyTimes)),
			MB: memoryOf(pid),
		});
	}

	/** The first message after n8n's start: it has to list the questions. */
	async measureFirst({ name }: Setting): Promise<void> {
		this.lab.sandbox.clearRecords();
		const { seconds: time } = await write(this.lab, {
			threadId: this.otherThread(0),
			text: 'First',
		});
		this.addTo(this.first, {
			setting: name,
			waiting: this.waitingThreads.length + this.registered,
			'requests to Instaply': this.lab.sandbox.requests().length,
			's of the first message': rounded(time),
		});
		await sleep(AFTERWARDS_MS);
	}

	/** How long it takes until the execution has gone on. Infinite when it does not. */
	private async replyTimes(): Promise<number[]> {
		const times: number[] = [];
		const replies = this.isForwarded ? Number(values.replies) : 1;
		for (let reply = 0; reply < replies; reply += 1) {
			const before = this.questions().length;
			const start = performance.now();
			const line = this.reply();
			const { deliveries } = await write(this.lab, line);
			const isTaken = await waitUntil(() => this.questions().length < before, {
				what: 'a reply to be taken',
				interval: 10,
			}).then(
				() => true,
				() => false,
			);
			if (!isTaken) this.tell(`not taken: ${JSON.stringify(repliesIn(deliveries, line))}`);
			times.push(isTaken ? (performance.now() - start) / 1000 : Infinity);
		}
		return times;
	}

	/** A stream of messages of other customers, and a few replies. */
	async measureStream({ name, perSecond }: Setting, count: number): Promise<void> {
		const time = Number(this.isForwarded ? values.seconds : values['seconds-without']);
		const length = perSecond * time;
		const row = {
			setting: name,
			waiting: count,
			trigger: this.isForwarded ? 'published' : 'none',
			'messages a second': perSecond,
			seconds: time,
		};
		if (!this.isForwarded && length * count > MAX_DELIVERIES) {
			const why = `not measured: ${perSecond * count} deliveries a second`;
			this.addTo(this.streams, { ...row, messages: why });
			return;
		}
		const lines: Line[] = Array.from({ length }, (_, index) =>
			this.isForwarded && count > 0 && index % Math.ceil(length / 5) === 1
				? this.reply()
				: { threadId: this.otherThread(index), text: `Message ${index}` },
		);
		this.lab.sandbox.clearRecords();
		const result = await stream(this.lab, lines, perSecond, this.asks);
		this.addTo(this.streams, {
			...row,
			...result,
			'requests to Instaply': this.lab.sandbox.requests().length,
			'not taken': this.questions().length - this.waitingThreads.length,
		});
	}

	async restart({ env }: Setting): Promise<void> {
		await this.lab.n8n.restart(env);
	}

	private get isForwarded(): boolean {
		return this.trigger !== undefined;
	}

	private reply(): Line {
		const threadId = this.waitingThreads.pop();
		if (threadId === undefined) throw new Error('No execution waits');
		return { threadId, text: 'Yes' };
	}

	private otherThread(index: number): number {
		return this.others[index % this.others.length] ?? 0;
	}

	private questions() {
		return this.lab.sandbox.webhooks().filter(({ url }) => {
			const [, execution] = /\/webhook-waiting\/(\d+)/.exec(url) ?? [];
			return execution !== undefined && Number(execution) < FIRST_REGISTERED;
		});
	}

	private async untilAll(enabled: boolean): Promise<void> {
		await waitUntil(() => this.questions().every((question) => question.enabled === enabled), {
			what: `all questions to be ${enabled ? 'enabled' : 'disabled'}`,
			timeout: LONG_MS,
		});
	}

	private addTo(rows: Row[], row: Row): void {
		rows.push(row);
		this.tell(JSON.stringify(row));
	}

	private tell(what: string): void {
		console.log(`${this.waitingThreads.length} waiting: ${what}`);
	}
}

/** What n8n responded where the question of a thread waits, or where a trigger forwards to it. */
function repliesIn(deliveries: readonly DeliveryRecord[], { threadId }: Line) {
	return deliveries
		.filter(({ url }) => !url.includes('instaplyThread') || url.includes(`=${threadId}&`))
		.map(({ status, answer, failure }) => ({ status, answer, failure }));
}

function seconds(start: number): string {
	return ((performance.now() - start) / 1000).toFixed(1);
}

async function main(): Promise<void> {
	const [first] = SETTINGS;
	const lab = await startLab({
		sandboxOptions: { deliveryTimeoutMs: DELIVERY_TIMEOUT_MS },
		env: first?.env,
	});
	try {
		const bench = new Bench(lab, await lab.publish({ nodes: ASK }));
		await bench.publishTrigger();
		for (const count of values.waiting.split(',').map(Number)) {
			for (const setting of SETTINGS) {
				await bench.restart(setting);
				await bench.measureFirst(setting);
				await bench.haveWait(count);
				await bench.measureAlone(setting, count);
				if (count === 0) continue;
				await bench.haveWait(count);
				await bench.measureStream(setting, count);
				if (count > Number(values[setting.mostWithout])) continue;
				await bench.haveWait(count);
				await bench.unpublishTrigger();
				await bench.measureAlone(setting, count);
				await bench.measureStream(setting, count);
				await bench.publishTrigger();
			}
		}
		console.log("\nThe first message after n8n's start");
		console.table(bench.first);
		console.log('\nOne message, medians');
		console.table(bench.alone);
		console.log('\nA stream of messages');
		console.table(bench.streams);
	} finally {
		await lab.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
