import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { credentialTest } from './api/testCredential';
import { toNodeError } from './n8n/nodeError';
import { triggerVersions } from './n8n/triggerVersion';
import { RESPOND_AT_ONCE } from './n8n/webhookResponse';
import {
	activationMessage,
	builderHint,
	properties,
	subtitle,
	triggerPanel,
} from './trigger/editor';
import { receiveDelivery } from './trigger/receiveDelivery';
import { isRegistered, register, unregister } from './trigger/registration';

/** The trigger node: starts a workflow when something happens at Instaply. */
export class InstaplyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Instaply Trigger',
		name: 'instaplyTrigger',
		icon: {
			light: 'file:../../icons/instaply.svg',
			dark: 'file:../../icons/instaply.dark.svg',
		},
		group: ['trigger'],
		...triggerVersions,
		subtitle,
		// n8n shows it for both nodes where it lists them as one.
		description:
			'Starts when a customer writes; sends messages, notes and templates, asks and waits for replies, reads threads and profiles',
		documentationUrl: 'https://github.com/n8n-nodes-instaply/n8n-nodes-instaply#instaply-trigger',
		builderHint,
		eventTriggerDescription: 'Waiting for an event of Instaply',
		activationMessage,
		triggerPanel,
		defaults: { name: 'Instaply Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'instaplyApi',
				required: true,
				testedBy: 'testCredential',
				displayOptions: { show: { registration: ['automatic'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				...RESPOND_AT_ONCE,
				ndvHideUrl: '={{ $parameter["registration"] !== "legacy" }}',
			},
		],
		properties,
	};

	methods = { credentialTest };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		try {
			return await receiveDelivery(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
