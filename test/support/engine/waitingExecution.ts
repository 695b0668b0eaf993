import './quiet';

import express from 'express';
import { WebhookContext } from 'n8n-core';
import type { IDataObject, INodeParameters, IRunExecutionData, IWebhookData } from 'n8n-workflow';

import { INSTAPLY } from '../../../lab/nodes';
import { to, type NodeDraft } from '../../../lab/workflow';
import { Instaply } from '../../../nodes/Instaply/Instaply.node';
import { THREADS, type Sandbox } from '../../../sandbox/server';
import { startServer, type LocalServer } from '../../../tools/process/server';
import { additionalData, INPUT, instaplyWorkflow } from './engine';
import type { EngineN8n } from './engineN8n';
import { resumeWorkflow, startWorkflow } from './execution';
import { keepRawBody } from './rawBody';

/** What a waiting execution asked. */
export interface Question {
	parameters?: INodeParameters;
	/** What comes into the node. */
	input?: IDataObject;
	/** The node's. */
	name?: string;
	/** The path of n8n's public address, which a proxy takes away. */
	path?: string;
	/** What a gateway in front of n8n demands of each request. */
	gateway?: { header: string; value: string };
	/** One that it shares with others; default: its own. */
	n8n?: EngineN8n;
}

/** The last execution of an n8n that is shared. */
let lastExecution = 1000;

/**
 * The part of n8n that owns an execution which waits for a reply: asks, stores the execution as text,
 * and serves its URL over HTTP with n8n-core's own context, until it is resumed.
 */
export class WaitingExecution {
	/** The items with which the execution went on, in order. */
	readonly resumed: IDataObject[] = [];
	/** Called with what n8n has stored, before each delivery is handled. */
	alterStored: (stored: IRunExecutionData) => void = () => {};
	/** Where n8n takes itself to be. */
	readonly url: string;
	/** In a shared n8n. */
	readonly id = String(++lastExecution);
	/** What the editor shows beside its output while it waits. */
	hints: string[] = [];
	private readonly node = new Instaply();
	private readonly draft: NodeDraft;
	private readonly n8n?: EngineN8n;
	/** When its time is up, as n8n has it in its database. */
	waitTill = new Date(0);
	private stored = '';

	private constructor(
		private readonly sandbox: Pick<Sandbox, 'url' | 'token'>,
		private readonly server: LocalServer,
		{ parameters, name = 'Instaply', path = '', n8n }: Question,
	) {
		this.url = n8n === undefined ? `${server.url}${path}` : `${n8n.url}/webhook-waiting/${this.id}`;
		this.n8n = n8n;
		this.draft = {
			name,
			type: INSTAPLY,
			parameters: {
				resource: 'message',
				operation: 'sendAndWait',
				customerThreadId: THREADS.webchat,
				text: 'Is it you?',
				...parameters,
			},
		};
	}

	/** Runs a workflow up to its question. */
	static async ask(
		sandbox: Pick<Sandbox, 'url' | 'token'>,
		question: Question = {},
	): Promise<WaitingExecution> {
		const app = express();
		const server = await startServer(app);
		const execution = new WaitingExecution(sandbox, server, question);
		const { gateway, path = '' } = question;
		app.use((request, response, next) => {
			if (gateway === undefined || request.get(gateway.header) === gateway.value) return next();
			return void response.status(403).end();
		});
		app.use(express.json({ verify: keepRawBody }));
		app.post(new RegExp(`^${path}/webhook-waiting/`), async (request, response) => {
			await execution.receive(request, response);
		});
		if (question.n8n) question.n8n.executions[execution.id] = 'running';
		const { data, waitTill } = await startWorkflow(execution.workflow, [question.input ?? {}], {
			token: sandbox.token,
			baseUrl: sandbox.url,
			n8nUrl: question.n8n?.url ?? execution.url,
			...(question.n8n && { executionId: execution.id }),
		});
		if (!waitTill) {
			throw new Error('The execution does not wait', { cause: data.resultData.error });
		}
		execution.stored = JSON.stringify(data);
		execution.waitTill = waitTill;
		const [run] = data.resultData.runData[execution.draft.name] ?? [];
		execution.hints = run?.hints?.map(({ message }) => message) ?? [];
		question.n8n?.wait(execution.id, async (request, response) => {
			await execution.receive(request, response);
		});
		return execution;
	}

	/** n8n calls the node again, because a timer of it says that the time is up. */
	async timerRings(): Promise<void> {
		const { data, waitTill } = await resumeWorkflow(this.workflow, JSON.parse(this.stored), {
			token: this.sandbox.token,
			baseUrl: this.sandbox.url,
			n8nUrl: this.n8n?.url ?? this.url,
			...(this.n8n && { executionId: this.id }),
		});
		if (waitTill) {
			this.stored = JSON.stringify(data);
			this.waitTill = waitTill;
			return;
		}
		const items = data.resultData.runData[this.draft.name]?.at(-1)?.data?.main?.[0] ?? [];
		this.resumed.push(...items.map(({ json }) => json));
		if (this.n8n) this.n8n.executions[this.id] = 'ended';
	}

	async close(): Promise<void> {
		await this.server.close();
	}

	private get workflow() {
		return instaplyWorkflow([{ name: 'Input', type: INPUT, parameters: {} }, this.draft], {
			Input: to(this.draft.name),
		});
	}

	private async receive(request: express.Request, response: express.Response): Promise<void> {
		const { workflow } = this;
		const node = workflow.getNode(this.draft.name);
		const [webhookDescription] = this.node.description.webhooks ?? [];
		if (node === null || webhookDescription === undefined) throw new Error('Nothing waits');
		const executionData = additionalData(
			{ token: this.sandbox.token, baseUrl: this.sandbox.url },
			this.n8n?.url ?? this.url,
		);
		const webhook: IWebhookData = {
			httpMethod: 'POST',
			node: node.name,
			path: node.id,
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: executionData,
		};
		const stored: IRunExecutionData = JSON.parse(this.stored);
		this.alterStored(stored);
		const context = new WebhookContext(
			workflow,
			node,
			{ ...executionData, httpRequest: request, httpResponse: response },
			'webhook',
			webhook,
			[],
			stored,
		);
		const result = await this.node.webhook.call(context);
		for (const { json } of result.workflowData?.[0] ?? []) {
			this.resumed.push(json);
			if (this.n8n) this.n8n.executions[this.id] = 'ended';
		}
		if (!result.noWebhookResponse) response.json(result.webhookResponse);
	}
}
