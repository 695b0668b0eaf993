import './quiet';
import 'reflect-metadata';

import { ExternalSecretsProxy } from 'n8n-core';
import {
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { InstaplyApi } from '../../../credentials/InstaplyApi.credentials';
import { Instaply } from '../../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../../nodes/Instaply/InstaplyTrigger.node';
import { agent, asTool } from './agentNode';
import { TestCredentials } from './credentials';

export const INSTAPLY = 'n8n-nodes-instaply.instaply';
export const INSTAPLY_TRIGGER = 'n8n-nodes-instaply.instaplyTrigger';
export const INSTAPLY_TOOL = 'n8n-nodes-instaply.instaplyTool';
export const AGENT = 'test.agent';
export const INPUT = 'test.input';
export const PASS = 'test.pass';

/** Hands items on; what stands before and after the node under test. */
const pass: INodeType = {
	description: {
		displayName: 'Pass',
		name: 'pass',
		group: ['transform'],
		version: 1,
		description: 'Hands items on',
		defaults: { name: 'Pass' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

const nodeTypes: Record<string, INodeType> = {
	[AGENT]: agent,
	[INSTAPLY]: new Instaply(),
	[INSTAPLY_TOOL]: asTool(new Instaply()),
	[INSTAPLY_TRIGGER]: new InstaplyTrigger(),
	[INPUT]: pass,
	[PASS]: pass,
};

class TestNodeTypes implements INodeTypes {
	getByName(name: string): INodeType | IVersionedNodeType {
		return this.getByNameAndVersion(name);
	}

	getByNameAndVersion(name: string): INodeType {
		const type = nodeTypes[name];
		if (type === undefined) throw new Error(`No node type ${name}`);
		return type;
	}

	getKnownTypes() {
		return {};
	}
}

/** A node of a test workflow; ids and positions are given to it. */
export type NodeSketch = Pick<INode, 'name' | 'type' | 'parameters'> & Partial<INode>;

/** Builds a workflow of n8n from its nodes and connections. */
export function workflowOf(
	nodes: NodeSketch[],
	connections: IConnections = {},
	{ id = 'test-workflow', staticData }: Partial<Pick<Workflow, 'id' | 'staticData'>> = {},
): Workflow {
	return new Workflow({
		id,
		name: 'Test workflow',
		active: true,
		nodeTypes: new TestNodeTypes(),
		connections,
		staticData,
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node) => ({
			id: `id-of-${node.name}`,
			typeVersion: 1,
			position: [0, 0],
			webhookId: `webhook-of-${node.name.replace(/\s/g, '-')}`,
			credentials: { instaplyApi: { id: '1', name: 'Instaply' } },
			...node,
		})),
	});
}

/** What n8n gives an execution from outside: credentials and its own addresses. */
export function additionalData(
	credentials: ICredentialDataDecryptedObject,
	baseUrl = 'http://127.0.0.1:5678',
): IWorkflowExecuteAdditionalData {
	const notUsed = async (): Promise<never> => {
		throw new Error('Not used in these tests');
	};
	return {
		credentialsHelper: new TestCredentials(new InstaplyApi(), credentials),
		externalSecretsProxy: new ExternalSecretsProxy(),
		executionId: 'test-execution',
		currentNodeExecutionIndex: 0,
		variables: {},
		instanceBaseUrl: `${baseUrl}/`,
		restApiUrl: `${baseUrl}/rest`,
		formBaseUrl: `${baseUrl}/form`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		setExecutionStatus: () => {},
		logAiEvent: () => {},
		executeWorkflow: notUsed,
		getRunExecutionData: notUsed,
		getRuntimeCredential: notUsed,
		startRunnerTask: notUsed,
	};
}
