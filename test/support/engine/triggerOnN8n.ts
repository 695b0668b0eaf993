import './quiet';

import express from 'express';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeParameters,
	IWebhookData,
	IWebhookDescription,
	Workflow,
} from 'n8n-workflow';

import { INSTAPLY_TRIGGER } from '../../../lab/nodes';
import { InstaplyTrigger } from '../../../nodes/Instaply/InstaplyTrigger.node';
import type { Sandbox } from '../../../sandbox/server';
import { startServer, type LocalServer } from '../../../tools/process/server';
import { additionalData, instaplyWorkflow } from './engine';
import type { EngineN8n } from './engineN8n';
import { isProbe, respondAboutExecution, type Executions } from './executions';
import { keepRawBody } from './rawBody';

/** What the trigger knows as a duplicate belongs to one workflow, so every trigger has one of its own. */
let lastWorkflow = 0;

const NEWEST_VERSION = Math.max(...[new InstaplyTrigger().description.version].flat());

interface TriggerSettings {
	/** Default: the newest. */
	typeVersion?: number;
	isTest?: boolean;
	workflowId?: string;
	/** Where n8n takes itself to be; default: where it is. */
	n8nUrl?: string;
	/** One that it shares with others; default: its own. */
	n8n?: EngineN8n;
}

/**
 * The part of n8n that owns a trigger: calls its webhook methods with n8n-core's own contexts, and
 * serves its URL over HTTP, answering as n8n does.
 */
export class TriggerOnN8n {
	/** The items with which the workflow was started, in order. */
	readonly started: IDataObject[] = [];
	/** What else is in this n8n; it says nothing of executions while this is undefined. */
	executions: Executions | undefined;
	/** The paths at which this n8n was asked about executions. */
	readonly askedAbout: string[] = [];
	/** How n8n starts the workflow with an item, before it answers; a rejection becomes a 500. */
	startWorkflow = async (item: IDataObject): Promise<void> => void this.started.push(item);
	private readonly trigger = new InstaplyTrigger();
	private workflow: Workflow;

	private constructor(
		private readonly sandbox: Pick<Sandbox, 'url' | 'token'>,
		private parameters: INodeParameters,
		private readonly server: LocalServer,
		private readonly isTest: boolean,
		private readonly workflowId: string,
		private readonly n8nUrl: string,
		private readonly typeVersion: number,
		private readonly isShared: boolean,
	) {
		this.workflow = this.build();
	}

	static async start(
		sandbox: Pick<Sandbox, 'url' | 'token'>,
		parameters: INodeParameters = {},
		settings: TriggerSettings = {},
	): Promise<TriggerOnN8n> {
		const { isTest = false, workflowId = `workflow-${++lastWorkflow}`, n8n } = settings;
		const app = express();
		const server = await startServer(app);
		const n8nUrl = settings.n8nUrl ?? n8n?.url;
		const trigger = new TriggerOnN8n(
			sandbox,
			parameters,
			server,
			isTest,
			workflowId,
			n8nUrl ?? server.url,
			settings.typeVersion ?? NEWEST_VERSION,
			n8n !== undefined,
		);
		app.use(express.json({ limit: '16mb', verify: keepRawBody }));
		app.post(/^\/webhook-waiting\//, (request, response) => {
			if (isProbe(request)) trigger.askedAbout.push(request.path);
			if (trigger.executions === undefined) return void response.status(502).end();
			respondAboutExecution(trigger.executions, request, response);
		});
		app.post(/^\/webhook(-test)?\//, async (request, response) => {
			await trigger.receive(request, response);
		});
		n8n?.listen(new URL(trigger.url).pathname, async (request, response) => {
			await trigger.receive(request, response);
		});
		return trigger;
	}

	/** What Instaply is given to call. */
	get url(): string {
		return this.hookContext().getNodeWebhookUrl('default') ?? '';
	}

	get staticData(): IDataObject {
		return this.workflow.getStaticData('node', this.node);
	}

	/** Publishes with other parameters; n8n keeps the static data. */
	change(parameters: INodeParameters): void {
		this.parameters = parameters;
		this.workflow = this.build(this.workflow.staticData);
	}

	/** What happens when n8n crashes before it has written the static data. */
	loseStaticData(): void {
		this.workflow = this.build();
	}

	/** @returns whether n8n had to have the webhook created */
	async activate(): Promise<boolean> {
		if (await this.methods.checkExists.call(this.hookContext())) return false;
		await this.methods.create.call(this.hookContext());
		return true;
	}

	async exists(): Promise<boolean> {
		return await this.methods.checkExists.call(this.hookContext());
	}

	async deactivate(): Promise<void> {
		await this.methods.delete.call(this.hookContext());
	}

	async close(): Promise<void> {
		await this.server.close();
	}

	private get methods() {
		return this.trigger.webhookMethods.default;
	}

	private get node(): INode {
		const node = this.workflow.getNode('Instaply Trigger');
		if (node === null) throw new Error('The workflow has no trigger');
		return node;
	}

	private build(staticData?: Workflow['staticData']): Workflow {
		return instaplyWorkflow(
			[
				{
					name: 'Instaply Trigger',
					type: INSTAPLY_TRIGGER,
					typeVersion: this.typeVersion,
					parameters: this.parameters,
					...(this.isShared && { webhookId: `webhook-of-${this.workflowId}` }),
				},
			],
			{},
			{ id: this.workflowId, staticData },
		);
	}

	private get additionalData() {
		return additionalData({ token: this.sandbox.token, baseUrl: this.sandbox.url }, this.n8nUrl);
	}

	private get webhook(): IWebhookData {
		const [description] = this.trigger.description.webhooks ?? [];
		if (description === undefined) throw new Error('The trigger describes no webhook');
		const webhookDescription: IWebhookDescription = description;
		return {
			httpMethod: 'POST',
			node: this.node.name,
			path: 'webhook',
			webhookDescription,
			workflowId: this.workflow.id,
			workflowExecuteAdditionalData: this.additionalData,
			isTest: this.isTest,
		};
	}

	private hookContext(): HookContext {
		return new HookContext(
			this.workflow,
			this.node,
			this.additionalData,
			this.isTest ? 'manual' : 'trigger',
			this.isTest ? 'manual' : 'activate',
			this.webhook,
		);
	}

	private async receive(request: express.Request, response: express.Response): Promise<void> {
		const context = new WebhookContext(
			this.workflow,
			this.node,
			{ ...this.additionalData, httpRequest: request, httpResponse: response },
			this.isTest ? 'manual' : 'webhook',
			this.webhook,
			[],
			null,
		);
		const result = await this.trigger.webhook.call(context);
		try {
			for (const item of result.workflowData?.[0] ?? []) await this.startWorkflow(item.json);
		} catch {
			response.status(500);
		}
		if (!result.noWebhookResponse) response.json(result.webhookResponse);
	}
}
