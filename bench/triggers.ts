import { messageBody, targetOf, type Post, type Target } from '../lab/deliveries';
import type { Lab } from '../lab/lab';
import { CREDENTIAL_NAME, instaplyTrigger, NEXT, webhook } from '../lab/nodes';
import type { NodeDraft } from '../lab/workflow';
import { BARE_TRIGGER } from './bare/install';

/*
 * The triggers that deliveries go to: that of this package, a bare one, and n8n's Webhook node followed
 * by Filter, which check and filter the same as ours.
 */

/** Accepted ones start the workflow; filtered ones and forged ones do not. */
export const KINDS = ['accepted', 'filtered', 'forged'] as const;
export type Kind = (typeof KINDS)[number];

export interface Contender {
	name: string;
	/** @returns the response to expect, and what to send */
	deliveries(kind: Kind, count: number): { status: number; posts: Post[] };
}

export type Triggers = Record<'ours' | 'bare' | 'webhook', Contender>;

/** Publishes a workflow with each; the n8n has to have the bare nodes. */
export async function publishTriggers({
	publish,
	sandbox,
	n8nUrl,
	credential,
}: Lab): Promise<Triggers> {
	await publish({ nodes: [instaplyTrigger('bench-instaply'), NEXT] });
	const target = targetOf(sandbox);
	const [[header = '', secret = ''] = []] = Object.entries(target.headers);
	await publish({ nodes: checkedByHand(header, secret) });
	const { id, name } = credential;
	const credentials = { [CREDENTIAL_NAME]: { id, name } };
	await publish({ nodes: [{ ...BARE_NODE, credentials }, NEXT] });
	const bareUrl = `${n8nUrl}/webhook/${BARE_PATH}/webhook`;
	return {
		ours: {
			name: 'Instaply Trigger',
			deliveries: (kind, count) => ({
				status: kind === 'forged' ? 401 : 200,
				posts: posts(kind, target, count),
			}),
		},
		bare: {
			name: 'Bare trigger',
			deliveries: (kind, count) => ({
				status: 200,
				// It cannot tell them apart, so it is told.
				posts: posts(
					kind,
					{ ...target, url: kind === 'accepted' ? bareUrl : `${bareUrl}?drop` },
					count,
				),
			}),
		},
		webhook: {
			name: 'Webhook and Filter',
			deliveries: (kind, count) => ({
				status: 200,
				posts: posts(kind, { ...target, url: `${n8nUrl}/webhook/${WEBHOOK_PATH}` }, count),
			}),
		},
	};
}

const WEBHOOK_PATH = 'bench-webhook';
const BARE_PATH = 'bench-bare';

const BARE_NODE: NodeDraft = {
	name: 'Bare trigger',
	type: BARE_TRIGGER,
	typeVersion: 2,
	webhookId: BARE_PATH,
	parameters: {},
};

const condition = (id: string, leftValue: string, rightValue: string | boolean) => ({
	id,
	leftValue,
	rightValue,
	operator:
		typeof rightValue === 'boolean'
			? { type: 'boolean', operation: 'true', singleValue: true }
			: { type: 'string', operation: 'equals' },
});

const checkedByHand = (header: string, secret: string): NodeDraft[] => [
	webhook(WEBHOOK_PATH),
	{
		name: 'Filter',
		type: 'n8n-nodes-base.filter',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				combinator: 'and',
				conditions: [
					condition('1', `={{ $json.headers["${header}"] }}`, secret),
					condition('2', '={{ $json.body.eventType }}', 'message'),
					condition('3', '={{ $json.body.data.fromCustomer }}', true),
				],
			},
			options: {},
		},
	},
	NEXT,
];

let lastMessage = 0;
function posts(kind: Kind, { url, headers }: Target, count: number): Post[] {
	const forged = Object.fromEntries(Object.keys(headers).map((name) => [name, 'guess']));
	return Array.from({ length: count }, () => ({
		url,
		headers: kind === 'forged' ? forged : headers,
		body: messageBody(++lastMessage, { fromCustomer: kind !== 'filtered' }),
	}));
}
