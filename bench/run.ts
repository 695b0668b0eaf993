import type { ExecutionStatus } from 'n8n-workflow';

import type { OwnLab } from '../lab/lab';
import { CREDENTIAL_NAME, START } from '../lab/nodes';
import { N8nRestError } from '../tools/n8n/http';
import { asError } from '../tools/process/errors';
import { startServer } from '../tools/process/server';
import { waitUntil } from '../tools/process/wait';
import { watchMemory } from './memory';
import { processorTime } from './process';
import type { Variant } from './variants';

/** Over how many threads the items go, in turn. */
export const THREADS = 50;

const MAX_MS = 600_000;

/** What one run showed. */
export interface Run {
	/** How long the sending node took, in ms, as n8n says. */
	nodeMs: number;
	/** The most requests at Instaply at once. */
	inFlight: number;
	/** Messages that arrived before one that was to go out earlier in the same thread. */
	inversions: number;
	/** Messages that arrived. */
	messages: number;
	/** The most memory that n8n held, in MB. */
	peakMb: number;
	/** Seconds of processor time that the whole of n8n used. */
	processorS: number;
}

/** A workflow of n8n that sends items, not run yet. */
export interface Sending {
	/** The threads that it writes to. */
	threads: string[];
	/** Runs it; resolves when it has ended, to the ID of its execution. */
	execute(): Promise<string>;
	/** How long the sending node took, in ms, as n8n says. Throws when the execution did not succeed. */
	nodeMs(executionId: string): Promise<number>;
	remove(): Promise<void>;
}

/** Has a variant send `count` items, over `threads` threads in turn. */
export async function run(
	variant: Variant,
	lab: OwnLab,
	count: number,
	threads: number,
): Promise<Run> {
	const { n8n, sandbox } = lab;
	const sending = await prepare(variant, lab, count, threads);
	sandbox.clearRecords();
	const pid = n8n.pid ?? 0;
	const memory = watchMemory(pid);
	const used = await processorTime(pid);
	const executionId = await sending.execute();
	const processorS = (await processorTime(pid)) - used;
	const peakMb = memory.stop();
	const nodeMs = await sending.nodeMs(executionId);
	await sending.remove();
	const conversations = sending.threads.map((thread) => sandbox.conversation(thread));
	return {
		nodeMs,
		inFlight: sandbox.maxInFlight(),
		inversions: conversations
			.map((messages) => inversionsIn(messages.map(({ body }) => Number(body?.split(' ')[1]))))
			.reduce((sum, inversions) => sum + inversions, 0),
		messages: conversations.flat().length,
		peakMb,
		processorS,
	};
}

/** Saves the workflow by which a variant sends `count` items, over `threads` new threads in turn. */
export async function prepare(
	{ nodeFor }: Variant,
	{ rest, sandbox, credential, save }: OwnLab,
	count: number,
	threads: number,
): Promise<Sending> {
	const ids = Array.from({ length: threads }, () => String(sandbox.addThread().id));
	const items = Array.from({ length: count }, (_, index) => ({
		thread: ids[index % threads],
		text: `message ${index}`,
	}));
	const body = JSON.stringify(items);
	const source = await startServer((_, response) => {
		response.setHeader('content-type', 'application/json').end(body);
	});
	const workflow = await save({
		name: 'Benchmark',
		nodes: [
			START,
			{
				name: 'Items',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { url: source.url },
			},
			{
				name: 'Send',
				credentials: { [CREDENTIAL_NAME]: { id: credential.id, name: credential.name } },
				...nodeFor(sandbox.url),
			},
		],
	});
	return {
		threads: ids,
		async execute() {
			const id = await rest.runManually(workflow, { trigger: START.name, destination: 'Send' });
			// Without reading it, which takes n8n some time with many items.
			const unfinished = {
				workflowId: workflow.id,
				status: ['new', 'running'] satisfies ExecutionStatus[],
			};
			const isOver = async () => {
				const listed = await rest.executions(unfinished).catch(unlessBusy);
				return listed?.length === 0;
			};
			await waitUntil(isOver, {
				what: 'n8n to send all items',
				timeout: MAX_MS,
				interval: 500,
			});
			return id;
		},
		async nodeMs(executionId) {
			const execution = await rest.execution(executionId);
			const [ran] = execution.data.resultData.runData.Send ?? [];
			if (execution.status !== 'success' || ran === undefined) {
				throw new Error(`The execution ended as ${execution.status}`);
			}
			return ran.executionTime;
		},
		async remove() {
			await source.close();
			await rest.deleteWorkflow(workflow);
		},
	};
}

/** How many neighbours stand the wrong way round. */
function inversionsIn(numbers: number[]): number {
	return numbers.filter((number, index) => number < (numbers[index - 1] ?? -1)).length;
}

/** n8n has no time to look after its database while it evaluates many expressions. */
function unlessBusy(error: unknown): undefined {
	if (!(error instanceof N8nRestError) || error.status !== 503) throw asError(error);
}
