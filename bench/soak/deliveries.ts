/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import { messageBody, sendAll, type Post, type Target } from '../../lab/deliveries';

/*
 * Deliveries to a trigger, a tenth each duplicates, forged, malformed and filtered.
 */

export type Kind = 'valid' | 'duplicate' | 'forged' | 'malformed' | 'filtered';
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

export const kindOf = (number: number): Kind => KINDS[number % KINDS.length] ?? 'valid';

function post(number: number, target: Target): Post {
	const kind = kindOf(number);
	if (kind === 'forged') return { ...target, headers: {}, body: messageBody(number) };
	if (kind === 'filtered') return { ...target, body: messageBody(number, { fromCustomer: false }) };
	if (kind === 'malformed') return { ...target, body: malformed(number) };
	return { ...target, body: messageBody(messageIn(number)) };
}

/** The number of the message in a delivery. */
export function messageIn(number: number): number {
	if (kindOf(number) !== 'duplicate') return number;
	// Half of the duplicates come at the same moment as the first delivery, half a while later.
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

/** What became of deliveries. */
export interface Delivered {
	/** Of the first attempts. */
	seconds: number;
	/** The attempts at each, in order: more than one when it was refused. */
	attempts: number[];
	/** What was answered in another way than it should have been, and how often. */
	wrong: Map<string, number>;
}

const AGAIN_AFTER_MS = 1000;
const MAX_ATTEMPTS = 120;

/**
 * Makes deliveries as Instaply would that delivers again after a second, for two minutes: whatever got
 * no response, or one that says that it may succeed later.
 */
export async function deliver(
	numbers: readonly number[],
	target: () => Target,
	atATime: number,
): Promise<Delivered> {
	const wrong = new Map<string, number>();
	const attempts = new Map<number, number>();
	let seconds: number | undefined;
	let due = numbers;
	for (let attempt = 1; due.length > 0; attempt += 1) {
		if (attempt > 1) await sleep(AGAIN_AFTER_MS);
		const current = target();
		const sent = await sendAll(
			due.map((number) => post(number, current)),
			atATime,
		);
		seconds ??= sent.seconds;
		due = due.filter((number, index) => {
			attempts.set(number, attempt);
			const status = sent.statuses[index] ?? 0;
			if (STATUSES[kindOf(number)].includes(status)) return false;
			if (isRefused(status) && attempt < MAX_ATTEMPTS) return true;
			const what = `${kindOf(number)} answered ${status}`;
			wrong.set(what, (wrong.get(what) ?? 0) + 1);
			return false;
		});
	}
	return {
		seconds: seconds ?? 0,
		attempts: numbers.map((number) => attempts.get(number) ?? 0),
		wrong,
	};
}

/** Without a response, or for now. */
function isRefused(status: number): boolean {
	return status === 0 || status >= 500;
}
