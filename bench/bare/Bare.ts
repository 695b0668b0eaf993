/* eslint-disable @n8n/community-nodes/node-usable-as-tool, @n8n/community-nodes/node-connection-type-literal */
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

const text = (name: string) => ({ displayName: name, name, type: 'string' as const, default: '' });

/**
 * Sends messages with as little code as a node can have: no checks, no order, no retries, no memory
 * of what went out.
 */
export class Bare implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bare',
		name: 'bare',
		group: ['output'],
		version: 1,
		description: 'Sends messages',
		defaults: { name: 'Bare' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'instaplyApi', required: true }],
		properties: [
			text('customerThreadId'),
			text('text'),
			{ displayName: 'atATime', name: 'atATime', type: 'number', default: 1 },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { baseUrl } = await this.getCredentials('instaplyApi');
		const atATime = Number(this.getNodeParameter('atATime', 0));
		const outputs: INodeExecutionData[] = [];
		const indexes = this.getInputData().keys();
		const work = async () => {
			for (const index of indexes) {
				const json = await this.helpers.httpRequestWithAuthentication.call(this, 'instaplyApi', {
					method: 'POST',
					url: `${String(baseUrl)}/api/send-message-to-customer-thread`,
					body: {
						customerThreadId: this.getNodeParameter('customerThreadId', index),
						text: this.getNodeParameter('text', index),
					},
				});
				outputs[index] = { json, pairedItem: index };
			}
		};
		await Promise.all(Array.from({ length: atATime }, work));
		return [outputs];
	}
}
