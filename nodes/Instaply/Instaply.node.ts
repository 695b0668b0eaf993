import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { credentialTest } from './api/testCredential';
import { toNodeError } from './n8n/nodeError';
import { waitingWebhooks } from './n8n/waiting';
import { storeWaitForVersion010 } from './n8n/wokenUp';
import { hints, properties, subtitle } from './operations';
import { builderHint } from './operations/builderHint';
import { listSearch } from './operations/listSearch';
import { goOn } from './replies/goOn';
import { receiveReply } from './replies/receiveReply';
import { runItems } from './runner/runItems';

/** The action node: everything a workflow can do in Instaply. */
export class Instaply implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Instaply',
		name: 'instaply',
		icon: {
			light: 'file:../../icons/instaply.svg',
			dark: 'file:../../icons/instaply.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle,
		description: 'Send messages to customers and manage their conversations in Instaply',
		documentationUrl: 'https://github.com/n8n-nodes-instaply/n8n-nodes-instaply#instaply',
		builderHint,
		defaults: { name: 'Instaply' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'instaplyApi', required: true, testedBy: 'testCredential' }],
		webhooks: waitingWebhooks,
		hints,
		properties,
	};

	methods = { listSearch, credentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			const goneOn = await goOn(this);
			if (goneOn !== undefined) return [goneOn];
			const items = await runItems(this);
			storeWaitForVersion010(this);
			return [items];
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}

	/** Called while an execution waits for a customer's reply. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveReply(this);
	}
}
