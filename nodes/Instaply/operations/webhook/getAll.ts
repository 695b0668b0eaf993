import type { RegisteredWebhook } from '../../api/answers';
import { limit, returnAll } from '../../parameters/common';
import { field } from '../../parameters/field';
import { boolean } from '../../parameters/parse';
import { optionsOf } from '../../parameters/runOptions';
import { operation } from '../operation';
import { webhookItem } from './item';

const onlyFromThisN8n = field(
	{
		displayName: 'Only From This n8n',
		name: 'onlyFromThisN8n',
		type: 'boolean',
		default: false,
		description:
			"Whether to get only webhooks that lead to this n8n, each with a 'status': 'active' (n8n expects events there for a workflow), 'orphaned' (n8n says that no workflow listens there), 'waiting' (for an execution that waits for a reply) or 'unknown' (n8n did not say)",
	},
	boolean,
);

export const getAll = operation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Get many webhooks of your organization',
	fields: [returnAll, limit, optionsOf([onlyFromThisN8n])],
	async run({ limit, options }, instaply, { n8n }) {
		const webhooks = await instaply.webhooks();
		if (!options.onlyFromThisN8n) return webhooks.slice(0, limit).map(webhookItem);
		const isOurs = (webhook: RegisteredWebhook): webhook is RegisteredWebhook & { url: string } =>
			webhook.url !== undefined && n8n.owns(webhook.url);
		const ours = webhooks.filter(isOurs).slice(0, limit);
		const statuses = await n8n.statusesOf(ours.map(({ url }) => url));
		return ours.map((webhook, index) => ({ ...webhookItem(webhook), status: statuses[index] }));
	},
	hint(outputs) {
		const unknown = outputs.filter(({ status }) => status === 'unknown').length;
		if (unknown === 0) return undefined;
		return `The status of ${unknown} of ${outputs.length} webhooks is unknown: n8n did not say at their addresses whether a workflow listens there. n8n has to be able to reach its own public address.`;
	},
});
