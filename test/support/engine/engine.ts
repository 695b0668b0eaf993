import './quiet';
import 'reflect-metadata';

import { ExternalSecretsProxy } from 'n8n-core';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	INodeType,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import { InstaplyApi } from '../../../credentials/InstaplyApi.credentials';
import { INSTAPLY, INSTAPLY_TRIGGER } from '../../../lab/nodes';
import type { NodeDraft } from '../../../lab/workflow';
import { Instaply } from '../../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../../nodes/Instaply/InstaplyTrigger.node';
import { agent, asSubAgent, asTool, callingAgent } from './agentNode';
import { TestCredentials } from './credentials';
import { engineWorkflow } from './engineWorkflow';

export const INSTAPLY_TOOL = 'n8n-nodes-instaply.instaplyTool';
export const AGENT = 'test.agent';
export const OLDER_AGENT = 'test.olderAgent';
export const SUB_AGENT = 'test.subAgentTool';
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
	[OLDER_AGENT]: callingAgent,
	[SUB_AGENT]: asSubAgent(callingAgent),
	[INSTAPLY]: new Instaply(),
	[INSTAPLY_TOOL]: asTool(new Instaply()),
	[INSTAPLY_TRIGGER]: new InstaplyTrigger(),
	[INPUT]: pass,
	[PASS]: pass,
};

/** Builds a workflow of the product's nodes, and of those around them. */
export function instaplyWorkflow(
	nodes: NodeDraft[],
	connections?: IConnections,
	more?: Parameters<typeof engineWorkflow>[3],
): Workflow {
	return engineWorkflow(nodeTypes, nodes, connections, more);
}

/** Where n8n takes itself to be. Nothing listens there: what asks n8n gets no response. */
export const N8N_URL = 'http://127.0.0.1:9';

/** What n8n gives an execution from outside: credentials and its own addresses. */
export function additionalData(
	credentials: ICredentialDataDecryptedObject,
	baseUrl = N8N_URL,
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
