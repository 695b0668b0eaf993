/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setImmediate as aTurn } from 'node:timers/promises';
import fc from 'fast-check';
import type {
	IDataObject,
	IHookFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INode,
} from 'n8n-workflow';

import { sameUrl } from '../../nodes/Instaply/api/webhookState';
import { toResult } from '../../nodes/Instaply/common/result';
import { withoutVersion } from '../../nodes/Instaply/replies/reception/version';
import { isRegistered, register, unregister } from '../../nodes/Instaply/trigger/registration';
import { NODE } from '../support/unit/node';

/*
 * Whatever is at Instaply when a workflow is published, it ends with exactly one webhook of its trigger
 * there, and nothing of anybody else is touched. Any response may be lost on the way.
 */

const URL_OF_TRIGGER = 'https://n8n.example.com/webhook/abc/webhook';
const SECRET = 'a'.repeat(64);

interface Webhook {
	id: number;
	url?: string;
	enabled: boolean;
	subscribedEvents: string[];
	extraHeaders: Array<{ name: string; value: string }>;
}

/** What becomes of a request: its response may be lost, before Instaply did it or after. */
type Fault = 'none' | 'before' | 'after';

/** Instaply's webhooks, in memory. */
class FakeInstaply {
	private lastId = 1_000;

	constructor(
		readonly webhooks: Map<string, Webhook>,
		private readonly faults: Fault[],
	) {}

	async respond({ method, url, body }: IHttpRequestOptions): Promise<IN8nHttpFullResponse> {
		await aTurn();
		// Lost reads are tried again after a while, which is a matter of api/retry.
		const fault = method === 'GET' ? 'none' : (this.faults.shift() ?? 'none');
		if (fault === 'before') throw lost();
		const response = this.handle(String(url), body);
		if (fault === 'after') throw lost();
		return { headers: {}, ...response };
	}

	/** Loses no response any more. */
	recover(): void {
		this.faults.length = 0;
	}

	private handle(path: string, body: unknown): { statusCode: number; body: Buffer } {
		const respond = (statusCode: number, content: unknown = {}) => ({
			statusCode,
			body: Buffer.from(JSON.stringify(content)),
		});
		const [, id = '', action] = /^\/api\/webhooks\/([^/]*)\/?(.*)$/.exec(path) ?? [];
		if (id === '') {
			if (body === undefined) return respond(200, [...this.webhooks.values()]);
			const webhook = {
				id: (this.lastId += 1),
				enabled: true,
				extraHeaders: [],
				...(body as object),
			};
			this.webhooks.set(String(webhook.id), webhook as unknown as Webhook);
			return respond(200, webhook);
		}
		const webhook = this.webhooks.get(id);
		if (webhook === undefined) return respond(404);
		if (action === 'delete') this.webhooks.delete(id);
		if (action === 'update') Object.assign(webhook, body);
		return respond(200, webhook);
	}
}

function lost(): Error {
	return Object.assign(new Error('lost'), { isAxiosError: true, code: 'ECONNRESET' });
}

function triggerOf(
	instaply: FakeInstaply,
	staticData: IDataObject,
	events: readonly string[],
): IHookFunctions {
	const parameters: IDataObject = {
		registration: 'automatic',
		events: [...events],
		sentBy: 'customer',
		simplify: true,
		options: {},
	};
	const node: INode = { ...NODE, name: 'Instaply Trigger', typeVersion: 1.2 };
	const helpers: Partial<IHookFunctions['helpers']> = {
		httpRequestWithAuthentication: async (_, request: IHttpRequestOptions) =>
			await instaply.respond(request),
		// n8n does not reach itself.
		httpRequest: async () => {
			throw lost();
		},
	};
	const context: Partial<IHookFunctions> = {
		helpers: helpers as IHookFunctions['helpers'],
		getNode: () => node,
		getMode: () => 'trigger',
		getNodeParameter: (name: string) =>
			// n8n's type knows no result that depends on a name.
			(parameters[name] ?? null) as never,
		getNodeWebhookUrl: () => URL_OF_TRIGGER,
		getWorkflowStaticData: () => staticData,
		getCredentials: async <T extends object>() =>
			({ token: 'tok-secret', baseUrl: 'https://instaply.example.com' }) as unknown as T,
	};
	return context as IHookFunctions;
}

const ours = fc.constantFrom(
	URL_OF_TRIGGER,
	`${URL_OF_TRIGGER}?instaplyQuestions=0123456789abcdef`,
	URL_OF_TRIGGER.replace('n8n.', 'N8N.'),
);
const others = fc.constantFrom(
	'https://example.com/hook',
	'https://n8n.example.com/webhook/other/webhook',
	'https://n8n.example.com/webhook/other/webhook?instaplyQuestions=0123456789abcdef',
	`${URL_OF_TRIGGER}/more`,
	URL_OF_TRIGGER.slice(0, -1),
	`${URL_OF_TRIGGER}?a=b`,
	URL_OF_TRIGGER.replace('n8n.', 'old.'),
);
const webhook = fc.record({
	url: fc.oneof(ours, others),
	enabled: fc.boolean(),
	subscribedEvents: fc.subarray(['messages', 'transfers']),
	extraHeaders: fc.array(
		fc.record({
			name: fc.constantFrom('x-n8n-trigger-secret', 'X-Api-Key'),
			value: fc.constantFrom(SECRET, 'b'.repeat(64), 'c'),
		}),
		{ maxLength: 2 },
	),
});
const scenario = fc.record({
	webhooks: fc.array(webhook, { maxLength: 8 }),
	/** What n8n has stored of an earlier publication, if anything. */
	stored: fc.record(
		{ secret: fc.constant(SECRET), webhookId: fc.integer({ min: 1, max: 9 }).map(String) },
		{ requiredKeys: [] },
	),
	events: fc.constantFrom(['messages'], ['transfers'], ['messages', 'transfers']),
	faults: fc.array(fc.constantFrom<Fault>('none', 'none', 'before', 'after'), { maxLength: 6 }),
});

const isOurs = ({ url }: Webhook) =>
	url !== undefined && sameUrl(withoutVersion(url), URL_OF_TRIGGER);

function begin({
	webhooks,
	stored,
	events,
	faults,
}: typeof scenario extends fc.Arbitrary<infer T> ? T : never) {
	const registered = webhooks.map((one, index): [string, Webhook] => [
		String(index + 1),
		{ id: index + 1, ...structuredClone(one) },
	]);
	const before = structuredClone(registered.map(([, one]) => one));
	const instaply = new FakeInstaply(new Map(registered), [...faults]);
	const trigger = triggerOf(instaply, { ...stored }, events);
	/** Those of others, unless one is ours by what n8n has stored: n8n has moved. */
	const foreign = before.filter(
		(one) => !isOurs(one) && !(String(one.id) === stored.webhookId && isKnown(one, stored)),
	);
	const untouched = () =>
		foreign.map(({ id }) => instaply.webhooks.get(String(id))).filter((one) => one !== undefined);
	return { instaply, trigger, foreign, untouched };
}

/** By its secret or its path, when the ID is that which n8n has stored. */
function isKnown({ url = '', extraHeaders }: Webhook, { secret }: { secret?: string }): boolean {
	const own = extraHeaders.find(({ name }) => name === 'x-n8n-trigger-secret');
	return (
		new URL(url).pathname === new URL(URL_OF_TRIGGER).pathname ||
		(secret !== undefined && own?.value === secret)
	);
}

describe('Publishing a workflow, whatever is at Instaply and whichever responses are lost,', () => {
	it('ends with one webhook that is as wanted, and touches no other', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { instaply, trigger, foreign, untouched } = begin(given);
				await toResult(async () => await register(trigger));
				expect(untouched()).toEqual(foreign);
				// n8n, or a person, publishes again. By now, nothing is lost any more.
				instaply.recover();
				if (!(await isRegistered(trigger))) await register(trigger);
				const own = [...instaply.webhooks.values()].filter(isOurs);
				expect(own).toMatchObject([{ enabled: true, subscribedEvents: given.events }]);
				const { secret } = trigger.getWorkflowStaticData('node');
				// Where Instaply has it twice, it may stay so.
				const headers = new Set(own[0]?.extraHeaders.map(({ name, value }) => `${name}: ${value}`));
				expect([...headers]).toEqual([`x-n8n-trigger-secret: ${String(secret)}`]);
				expect(untouched()).toEqual(foreign);
				// A further look changes nothing.
				const after = structuredClone([...instaply.webhooks]);
				expect(await isRegistered(trigger)).toBe(true);
				await register(trigger);
				expect([...instaply.webhooks]).toEqual(after);
			}),
		);
	});

	it('and unpublishing it again, leaves none, and touches no other', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { instaply, trigger, foreign, untouched } = begin(given);
				await toResult(async () => await register(trigger));
				instaply.recover();
				await unregister(trigger);
				expect([...instaply.webhooks.values()].filter(isOurs)).toEqual([]);
				expect(untouched()).toEqual(foreign);
				expect(trigger.getWorkflowStaticData('node')).toEqual({});
			}),
		);
	});
});
