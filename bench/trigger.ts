/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console */
import { parseArgs } from 'node:util';

import { messageBody, sendAll, targetOf, type Post, type Target } from '../lab/deliveries';
import { startLab } from '../lab/lab';
import { instaplyTrigger, NEXT, webhook } from '../lab/nodes';
import type { NodeDraft } from '../lab/workflow';
import { median } from './median';

/*
 * How many deliveries a second one n8n takes: with the trigger of this package, and with n8n's
 * Webhook node followed by Filter, which check and filter the same.
 */

const KINDS = ['accepted', 'filtered', 'forged'] as const;
type Kind = (typeof KINDS)[number];

const { values } = parseArgs({
	options: {
		runs: { type: 'string', default: '5' },
		deliveries: { type: 'string', default: '400' },
		at: { type: 'string', default: '20' },
	},
});

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
	webhook('bench-webhook'),
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
function posts(kind: Kind, { url, headers }: Target): Post[] {
	const forged = Object.fromEntries(Object.keys(headers).map((name) => [name, 'guess']));
	return Array.from({ length: Number(values.deliveries) }, () => ({
		url,
		headers: kind === 'forged' ? forged : headers,
		body: messageBody(++lastMessage, { fromCustomer: kind !== 'filtered' }),
	}));
}

/**
 * By default n8n prepares a sandbox for expressions for each delivery to any trigger but its own
 * Webhook node, whether or not an expression is to be evaluated. With this setting it waits until
 * one is.
 */
const SETTINGS: Record<string, Record<string, string>> = {
	'n8n as it comes': {},
	'n8n with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true': {
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	},
};

async function compare(setting: string, env: Record<string, string>): Promise<void> {
	const lab = await startLab({ env });
	try {
		await lab.publish({ nodes: [instaplyTrigger('bench-instaply'), NEXT] });
		const ours = targetOf(lab.sandbox);
		const [[header = '', secret = ''] = []] = Object.entries(ours.headers);
		await lab.publish({ nodes: checkedByHand(header, secret) });
		const targets = {
			'Instaply Trigger': ours,
			'Webhook and Filter': { ...ours, url: `${lab.n8nUrl}/webhook/bench-webhook` },
		};
		const rates = new Map<string, number[]>();
		// The first round warms up.
		for (let round = 0; round <= Number(values.runs); round += 1) {
			for (const kind of KINDS) {
				for (const [name, target] of Object.entries(targets)) {
					const { seconds, statuses } = await sendAll(posts(kind, target), Number(values.at));
					await lab.idle();
					const expected = kind === 'forged' && target === ours ? 401 : 200;
					if (statuses.some((status) => status !== expected)) {
						throw new Error(`${name} answered ${kind} deliveries with ${[...new Set(statuses)]}`);
					}
					const key = `${kind}, ${name}`;
					if (round > 0) rates.set(key, [...(rates.get(key) ?? []), statuses.length / seconds]);
				}
			}
		}
		const row = (kind: Kind) => {
			const [one = 0, other = 0] = Object.keys(targets).map((name) =>
				median(rates.get(`${kind}, ${name}`) ?? []),
			);
			return {
				'Instaply Trigger': Math.round(one),
				'Webhook and Filter': Math.round(other),
				ratio: Number((one / other).toFixed(2)),
			};
		};
		console.log(
			`\n${setting}: deliveries a second, medians of ${values.runs} runs of ${values.deliveries}, ${values.at} at a time`,
		);
		console.table(Object.fromEntries(KINDS.map((kind) => [kind, row(kind)])));
	} finally {
		await lab.close();
	}
}

async function main(): Promise<void> {
	for (const [setting, env] of Object.entries(SETTINGS)) await compare(setting, env);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
