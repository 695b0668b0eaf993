/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import type { Lab } from '../../lab/lab';
import { askPosted, INSTAPLY, webhook } from '../../lab/nodes';
import type { NodeDraft } from '../../lab/workflow';
import type { DeliveryRecord } from '../../sandbox/server';
import { waitUntil } from '../../tools/process/wait';

/*
 * Questions to customers, each in a thread of its own, with the reply of the customer. Every tenth
 * customer first writes what is none of the accepted replies.
 */

const PATH = 'soak-questions';
/** As `askPosted` asks. */
const QUESTION = 'Will you come?';
const CLARIFICATION = 'Yes or no?';
const UNCLEAR = 'Perhaps';
const UNCLEAR_EVERY = 10;
const CONFIRMED = 'Noted: Yes';

const OPTIONS: INodeParameters = {
	acceptedReplies: { reply: [{ reply: 'Yes' }, { reply: 'No' }] },
	clarification: CLARIFICATION,
};

/** Asks the customer of the thread that is posted to it, and says what was understood. */
export const ASKS_AND_CONFIRMS: NodeDraft[] = [
	webhook(PATH),
	askPosted(OPTIONS),
	{
		name: 'Confirm',
		type: INSTAPLY,
		parameters: {
			resource: 'message',
			operation: 'send',
			customerThreadId: '={{ $json.body.thread }}',
			text: '=Noted: {{ $json.choice }}',
		},
	},
];

const LONG_MS = 180_000;
/** A customer reads the question first. */
const READS_MS = 1000;
const AGAIN_AFTER_MS = 1000;
const MAX_ATTEMPTS = 120;

export class Questions {
	private readonly threads: number[] = [];
	/** Deliveries that n8n refused, or did not respond to, each counted once for each attempt. */
	refused = 0;
	/** Those that were never taken. */
	lost = 0;

	constructor(
		private readonly lab: Lab,
		/** Where n8n takes deliveries. */
		private readonly url: string,
	) {}

	get asked(): number {
		return this.threads.length;
	}

	/** Asks more, so many at a time, and replies. */
	async ask(count: number, atATime: number): Promise<void> {
		const due = Array.from({ length: count }, () => this.lab.sandbox.addThread().id);
		const first = this.threads.length;
		this.threads.push(...due);
		const queue = due.entries();
		const work = async () => {
			for (const [index, thread] of queue) await this.converse(thread, first + index);
		};
		await Promise.all(Array.from({ length: atATime }, work));
	}

	/** Never rejects: what went wrong is seen in the thread. */
	private async converse(thread: number, index: number): Promise<void> {
		try {
			await this.post(thread);
			await this.says(thread, QUESTION);
			if (index % UNCLEAR_EVERY === 0) {
				await sleep(READS_MS);
				await this.write(thread, UNCLEAR);
				await this.says(thread, CLARIFICATION);
			}
			await sleep(READS_MS);
			await this.write(thread, 'Yes');
		} catch {
			// Counted by `wrongs`.
		}
	}

	/** Whoever starts the workflow tries again, too. */
	private async post(thread: number): Promise<void> {
		for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
			const { status } = await axios
				.post(
					`${this.url}/webhook/${PATH}`,
					{ thread },
					{ proxy: false, validateStatus: () => true },
				)
				.catch(() => ({ status: 0 }));
			if (status === 200) return;
			await sleep(AGAIN_AFTER_MS);
		}
	}

	private async says(thread: number, text: string): Promise<void> {
		await waitUntil(() => this.textsIn(thread).includes(text), {
			what: `thread ${thread} to be told ${text}`,
			timeout: LONG_MS,
		});
	}

	private async write(thread: number, text: string): Promise<void> {
		const { deliveries } = await this.lab.sandbox.customerWrites(thread, text);
		await Promise.all(deliveries.map(async (delivery) => await this.untilTaken(delivery)));
	}

	/** Instaply delivers again what was refused, after a second each time. */
	private async untilTaken(delivery: DeliveryRecord): Promise<void> {
		let last = delivery;
		for (let attempt = 1; !last.delivered && attempt < MAX_ATTEMPTS; attempt += 1) {
			// The question has gone, or delivers elsewhere by now.
			if (last.status !== null && last.status < 500) return;
			this.refused += 1;
			await sleep(AGAIN_AFTER_MS);
			last = await this.lab.sandbox.redeliver(last);
		}
		if (!last.delivered) this.lost += 1;
	}

	private textsIn(thread: number): Array<string | null> {
		return this.lab.sandbox.conversation(thread).map(({ body }) => body);
	}

	/** Whether all that were asked have gone on. */
	get haveGoneOn(): boolean {
		return this.threads.every((thread) => this.textsIn(thread).at(-1) === CONFIRMED);
	}

	/** Replies once more where a question was asked again, because its execution was retried. */
	async replyAgain(): Promise<void> {
		for (const thread of this.threads) {
			const last = this.textsIn(thread).at(-1) ?? '';
			if ([QUESTION, CLARIFICATION].includes(last)) await this.write(thread, 'Yes');
		}
	}

	/** The threads in which something else was said than there should be, and how many of each. */
	wrongs(): Map<string, number> {
		const wrongs = new Map<string, number>();
		for (const [index, thread] of this.threads.entries()) {
			const said = [...new Set(this.textsIn(thread))].join(' | ');
			if (said !== expectedIn(index).join(' | ')) wrongs.set(said, (wrongs.get(said) ?? 0) + 1);
		}
		return wrongs;
	}

	/** The number of threads in which something was said more than once. */
	get repeated(): number {
		return this.threads.filter((thread) => {
			const texts = this.textsIn(thread);
			return new Set(texts).size < texts.length;
		}).length;
	}
}

function expectedIn(index: number): string[] {
	const unclear = index % UNCLEAR_EVERY === 0 ? [UNCLEAR, CLARIFICATION] : [];
	return [QUESTION, ...unclear, 'Yes', CONFIRMED];
}
