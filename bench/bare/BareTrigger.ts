/* eslint-disable @n8n/community-nodes/webhook-lifecycle-complete, @n8n/community-nodes/node-connection-type-literal */
import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

/** Takes deliveries with as little code as a trigger can have: it passes on what it got. */
export class BareTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bare Trigger',
		name: 'bareTrigger',
		group: ['trigger'],
		// With version 1, n8n evaluates an expression before it reads the body of a delivery (2.41.1).
		version: 2,
		description: 'Starts the workflow with each delivery',
		defaults: { name: 'Bare Trigger' },
		inputs: [],
		outputs: ['main'],
		// n8n looks at each start whether the workflow may use it: any trigger that registers has one.
		credentials: [{ name: 'instaplyApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseData: '',
			},
		],
		properties: [],
	};

	/** With `?drop`, it starts nothing: to compare with a trigger that has found no reason to. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		if ('drop' in this.getQueryData()) return {};
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}
