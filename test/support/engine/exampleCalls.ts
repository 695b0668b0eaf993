import axios from 'axios';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startSandbox, THREADS, type Sandbox } from '../../../sandbox/server';
import { N8N_URL } from './engine';
import { runInstaply, type Run } from './run';
import type { Sent } from './sandbox';

/** One call of an operation: one item comes in, requests go out to Instaply, items come out. */
export interface ExampleCall {
	/** What it shows, as the title of its test. */
	title: string;
	/** Without resource and operation. */
	parameters: INodeParameters;
	sends: Sent[];
	/** What comes out; of an operation that waits, what goes on when nobody replies. */
	items: IDataObject[];
	/** Set when the items are as Instaply gave them, so that no schema names their fields. */
	isRaw?: true;
}

/** The example calls of a resource, by operation. */
export type ExampleCalls = Record<string, ExampleCall[]>;

/** An address of this n8n, of an execution that waits for a reply until the end of time. */
const WAITING_URL = `${N8N_URL}/webhook-waiting/7/node?${new URLSearchParams({
	instaplyThread: THREADS.webchat,
	instaplyKey: 'fingerprint',
	instaplySince: '0',
	instaplyUntil: String(Number.MAX_SAFE_INTEGER),
})}`;

/**
 * The webhooks that are registered before each example call, as 301 and 302. So a webhook that an
 * example creates is 303.
 */
export const REGISTERED = [
	{
		url: 'https://example.com/webhook',
		subscribedEvents: ['messages', 'transfers'],
		extraHeaders: [{ name: 'Authorization', value: 'Bearer very-secret' }],
	},
	{ url: WAITING_URL, subscribedEvents: ['messages'], enabled: false },
] as const;

/** As the examples of the documentation have them. */
const FIRST_IDS = { thread: 200_001, webhook: 301 };

/** A sandbox of its own for each test, so that an example can say which IDs Instaply gives. */
export function useExampleSandbox(): { readonly current: Sandbox } {
	let sandbox: Sandbox | undefined;
	beforeEach(async () => {
		sandbox = await startSandbox({ firstIds: FIRST_IDS });
		const headers = { token: sandbox.token, 'content-type': 'application/json' };
		for (const webhook of REGISTERED) {
			await axios.post(`${sandbox.url}/api/webhooks/`, webhook, { headers, proxy: false });
		}
		sandbox.clearRecords();
	});
	afterEach(async () => await sandbox?.close());
	return {
		get current() {
			if (sandbox === undefined) throw new Error('The sandbox has not started yet');
			return sandbox;
		},
	};
}

/** Runs the node for one item. @returns what came out, as `ExampleCall.items` says */
export async function callOperation(
	sandbox: Sandbox,
	parameters: INodeParameters,
	input: IDataObject = {},
): Promise<INodeExecutionData[]> {
	const run = await runInstaply(sandbox, { parameters, input: [input] });
	expect(run.error).toBeUndefined();
	return run.kept.waitTill === undefined ? run.items : goingOnWithoutReply(run);
}

/** What n8n has stored for when the wait times out. */
function goingOnWithoutReply({ kept }: Run): INodeExecutionData[] {
	const [node] = kept.data.executionData?.nodeExecutionStack ?? [];
	return node?.data.main?.[0] ?? [];
}
