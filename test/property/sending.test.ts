import fc, { type Scheduler } from 'fast-check';
import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { toResult } from '../../nodes/Instaply/common/result';
import { runItems } from '../../nodes/Instaply/runner/runItems';
import { executeContext } from '../support/property/executeContext';

/*
 * What users were promised of sending: in order within a thread, and never twice. Here Instaply accepts,
 * refuses, asks to slow down, or loses a response, in any order of its responses; n8n cannot read a
 * credential, so that an item stops before its call; n8n tries again, and a person stops the execution
 * and retries it.
 */

/** What Instaply does with a request, and what of that n8n hears. */
const OUTCOMES = [
	'accept',
	'refuse',
	'slowDown',
	'lostAfter',
	'lostBefore',
	'brokenAfter',
] as const;
type Outcome = (typeof OUTCOMES)[number];

/** One request for an item. */
interface Sent {
	item: number;
	/** Counts up with each execution. */
	execution: number;
	outcome: Outcome;
	/** Whether n8n was told so, or has to take it for open. */
	known: 'accepted' | 'open' | 'refused';
}

class FakeInstaply {
	readonly sent: Sent[] = [];
	readonly wrong: string[] = [];
	maxInFlight = 0;
	private readonly inFlight = new Map<number, string>();

	constructor(
		private readonly scheduler: Scheduler,
		private readonly outcomes: Iterator<Outcome, Outcome>,
		private readonly stop: (requests: number) => void,
	) {}

	async respond(
		{ body }: IHttpRequestOptions,
		end: AbortSignal,
		execution: number,
	): Promise<IN8nHttpFullResponse> {
		const { text, customerThreadId: thread } = body as { text: string; customerThreadId: string };
		const item = Number(text.replace(/\D/g, ''));
		for (const [other, otherThread] of this.inFlight) {
			if (otherThread === thread) this.wrong.push(`${item} is sent beside ${other}`);
		}
		this.inFlight.set(item, thread);
		this.maxInFlight = Math.max(this.maxInFlight, this.inFlight.size);
		const outcome = this.outcomes.next().value;
		await this.scheduler.schedule(Promise.resolve(), `${outcome} ${item}`);
		this.inFlight.delete(item);
		const entry: Sent = { item, execution, outcome, known: 'refused' };
		this.sent.push(entry);
		this.stop(this.sent.length);
		if (end.aborted) {
			entry.known = 'open';
			throw brokenBy('ERR_CANCELED');
		}
		if (outcome === 'accept') entry.known = 'accepted';
		else if (outcome !== 'refuse' && outcome !== 'slowDown') entry.known = 'open';
		return respondAs(outcome);
	}
}

function respondAs(outcome: Outcome): IN8nHttpFullResponse {
	const response = (statusCode: number, headers: IDataObject = {}) => ({
		statusCode,
		headers,
		body: Buffer.from(statusCode === 200 ? '{"result":"ok"}' : '{"message":"No"}'),
	});
	switch (outcome) {
		case 'accept':
			return response(200);
		case 'refuse':
			return response(400);
		case 'slowDown':
			return response(429, { 'retry-after': '0.001' });
		case 'lostAfter':
		case 'lostBefore':
			return response(502);
		case 'brokenAfter':
			throw brokenBy('ECONNRESET');
	}
}

function brokenBy(code: string): Error {
	return Object.assign(new Error(code), { isAxiosError: true, code });
}

const scenario = fc.record({
	threads: fc.array(fc.nat(3), { minLength: 1, maxLength: 10 }),
	threadsAtATime: fc.integer({ min: 1, max: 5 }),
	outcomes: fc.infiniteStream(
		fc.oneof(
			{ weight: 3, arbitrary: fc.constant('accept' as const) },
			fc.constantFrom(...OUTCOMES),
		),
	),
	/** Whether n8n can read the credential, each time that an item asks for it. */
	credentialReads: fc.infiniteStream(
		fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
	),
	retryOnFail: fc.boolean(),
	continues: fc.boolean(),
	/** After how many requests a person stops the execution, and retries it. */
	stopsAfter: fc.option(fc.nat(8), { nil: Infinity }),
});

it('Messages go out in order, one at a time in a thread, and never twice, whatever happens', async () => {
	await fc.assert(
		fc.asyncProperty(fc.scheduler(), scenario, async (s, given) => {
			const { threads, threadsAtATime, outcomes, credentialReads } = given;
			const { retryOnFail, continues, stopsAfter } = given;
			let stopping = new AbortController();
			const instaply = new FakeInstaply(s, outcomes, (count) => {
				if (count === stopsAfter) stopping.abort();
			});
			const items = threads.map((thread, index) => ({
				resource: 'message',
				operation: 'send',
				customerThreadId: `${thread}`,
				text: `item ${index}`,
				whenWindowClosed: 'sendAnyway',
				options: { threadsAtATime },
			}));
			let nodeContext: IDataObject = {};
			let results: IDataObject[] | undefined;
			for (let [execution, tries] = [1, 1]; execution <= 3;) {
				const context = executeContext({
					items,
					node: { retryOnFail, ...(continues && { onError: 'continueRegularOutput' }) },
					nodeContext,
					executionId: String(execution),
					signal: stopping.signal,
					readCredential() {
						if (!credentialReads.next().value) throw new Error('The database is away');
					},
					respond: async (request, end) => await instaply.respond(request, end, execution),
				});
				const run = await s.waitFor(toResult(async () => await runItems(context)));
				const isError = 'error' in run || (retryOnFail && 'error' in (run.value[0]?.json ?? {}));
				if (!isError) {
					results = run.value.map(({ json }) => json);
					expect(nodeContext).toEqual({});
					break;
				}
				if (!stopping.signal.aborted && retryOnFail && tries < 3) {
					tries += 1;
					continue;
				}
				if (!('error' in run)) {
					results = run.value.map(({ json }) => json);
					break;
				}
				// n8n has stored the execution as text.
				nodeContext = JSON.parse(JSON.stringify(nodeContext));
				stopping = new AbortController();
				[execution, tries] = [execution + 1, 1];
			}

			const { sent, wrong, maxInFlight } = instaply;
			expect(wrong).toEqual([]);
			expect(maxInFlight).toBeLessThanOrEqual(threadsAtATime);
			for (const [index, { item, execution }] of sent.entries()) {
				for (const later of sent.slice(index + 1)) {
					const isSame = later.item === item;
					const { known } = sent[index] ?? {};
					// Never twice; what is open may be sent again when a person says so.
					if (isSame && known === 'accepted') wrong.push(`${item} was accepted before`);
					if (isSame && known === 'open' && later.execution === execution) {
						wrong.push(`${item} may have been sent before`);
					}
					// In order: what went out comes after nothing that has gone out since.
					const isOvertaken = threads[item] === threads[later.item] && later.item < item;
					if (isOvertaken && known !== 'refused' && later.execution === execution) {
						wrong.push(`${later.item} is sent after ${item}`);
					}
				}
			}
			expect(wrong).toEqual([]);
			if (results === undefined) return;
			expect(results).toHaveLength(items.length);
			for (const [item, json] of results.entries()) {
				const isAccepted = sent.some((one) => one.item === item && one.known === 'accepted');
				expect({ item, sent: json.sent ?? false }).toEqual({ item, sent: isAccepted });
			}
		}),
	);
});
