import type { OwnLab } from '../lab/lab';
import { CREDENTIAL_NAME, START } from '../lab/nodes';
import { startServer } from '../tools/process/server';
import { watchMemory } from './memory';
import type { Variant } from './variants';

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
}

/** Has a variant send `count` items, over `threads` threads in turn. */
export async function run(
	{ nodeFor }: Variant,
	{ n8n, rest, sandbox, credential, save }: OwnLab,
	count: number,
	threads: number,
): Promise<Run> {
	sandbox.clearRecords();
	const ids = Array.from({ length: threads }, () => sandbox.addThread().id);
	const items = Array.from({ length: count }, (_, index) => ({
		thread: String(ids[index % threads]),
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
	const memory = watchMemory(n8n.pid ?? 0);
	const id = await rest.runManually(workflow, { trigger: START.name, destination: 'Send' });
	const execution = await rest.waitForEnd(id, { timeout: 300_000, interval: 500 });
	const peakMb = memory.stop();
	await source.close();
	await rest.deleteWorkflow(workflow);
	const [ran] = execution.data.resultData.runData.Send ?? [];
	if (execution.status !== 'success' || ran === undefined) {
		throw new Error(`The execution ended as ${execution.status}`);
	}
	const conversations = ids.map((thread) => sandbox.conversation(thread));
	return {
		nodeMs: ran.executionTime,
		inFlight: sandbox.maxInFlight(),
		inversions: conversations
			.map((messages) => inversionsIn(messages.map(({ body }) => Number(body?.split(' ')[1]))))
			.reduce((sum, inversions) => sum + inversions, 0),
		messages: conversations.flat().length,
		peakMb,
	};
}

/** How many neighbours stand the wrong way round. */
function inversionsIn(numbers: number[]): number {
	return numbers.filter((number, index) => number < (numbers[index - 1] ?? -1)).length;
}
