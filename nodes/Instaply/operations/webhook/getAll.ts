import { OwnInstance } from '../../n8n/ownInstance';
import { WEBHOOK_STATUSES } from '../../n8n/webhookStatus';
import { field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { optionsOf } from '../../parameters/runOptions';
import { limit, returnAll } from '../../parameters/sharedFields';
import { isExpired } from '../../replies/expiredWebhooks';
import { operationSharing } from '../operation';
import { webhookItem } from './item';

const onlyFromThisN8n = field(
	{
		displayName: 'Only From This n8n',
		name: 'onlyFromThisN8n',
		type: 'boolean',
		default: false,
		description:
			"Whether to get only webhooks that lead to this n8n, each with a 'status' that says whether a workflow listens there",
	},
	parse.boolean,
);

const status = field(
	{
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		default: ['orphaned'],
		options: [
			{
				name: 'Active',
				value: 'active',
				description: 'Events are expected there, for a workflow',
			},
			{
				name: 'Orphaned',
				value: 'orphaned',
				description: 'Nothing listens or waits there any more: safe to delete',
			},
			{
				name: 'Unknown',
				value: 'unknown',
				description: 'This n8n could not be asked, or did not say',
			},
			{
				name: 'Waiting',
				value: 'waiting',
				description: 'An execution waits there for a reply',
			},
		],
		description: 'Get only webhooks that lead to this n8n and have one of these statuses',
	},
	parse.someOf(WEBHOOK_STATUSES),
);

export const getAll = operationSharing(
	(context) => new OwnInstance(context, (url) => isExpired(url, Date.now())),
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many webhooks',
		subtitle: '"get many: webhooks"',
		description: 'Get many webhooks of your organization',
		fields: [returnAll, limit, optionsOf([onlyFromThisN8n, status])],
		async run(
			{ limit, options: { onlyFromThisN8n, status: wanted } },
			{ instaply, shared: ownInstance },
		) {
			const webhooks = await instaply.webhooks();
			if (!onlyFromThisN8n && !wanted) return webhooks.slice(0, limit).map(webhookItem);
			const ours = webhooks
				.flatMap(({ url, ...webhook }) =>
					url !== undefined && ownInstance.owns(url) ? { ...webhook, url } : [],
				)
				.slice(0, wanted ? undefined : limit);
			const statuses = await ownInstance.statusesOf(ours.map(({ url }) => url));
			return ours
				.map((webhook, index) => ({
					...webhookItem(webhook),
					status: statuses[index] ?? 'unknown',
				}))
				.filter(({ status }) => wanted?.includes(status) ?? true)
				.slice(0, limit);
		},
		hint(_, { statuses }) {
			const unknown = statuses.filter((status) => status === 'unknown').length;
			if (unknown === 0) return undefined;
			return `At ${unknown} of ${statuses.length} addresses of this n8n, the status is unknown: n8n did not say whether anything listens or waits there. n8n has to be able to reach its own public address.`;
		},
	},
);
