import type { IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';

import { runInLanes } from '../common/lanes';
import { isExpired } from '../replies/replyWebhook';
import { RAW_RESPONSE, toHttpResponse } from './http';
import { statusOf, type Probe, type WebhookStatus } from './webhookStatus';

const PROBES_AT_A_TIME = 5;
const TIMEOUT_MS = 10_000;

/** The n8n that the node runs in, as far as operations have to know it. */
export class OwnInstance {
	private cachedAddresses?: OwnAddresses;
	private readonly statusByUrl = new Map<string, WebhookStatus>();
	private probing = Promise.resolve();

	/** @param signal tells that the user stopped the execution; no further question is asked then */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly signal?: AbortSignal,
	) {}

	/** Tells whether a web address leads to this n8n, by what n8n takes for its own address. */
	owns(url: string): boolean {
		return URL.canParse(url) && this.addresses.all.some((own) => isBelow(url, own));
	}

	/** Asks what becomes of events that are sent to addresses of this n8n; starts nothing. */
	async statusesOf(urls: readonly string[]): Promise<WebhookStatus[]> {
		// Items that are worked on side by side want to know the same.
		this.probing = this.probing.then(async () => await this.probeAll(urls));
		await this.probing;
		return urls.map((url) => this.statusByUrl.get(url) ?? 'unknown');
	}

	/** All that was told until now, one for each address. */
	get statuses(): WebhookStatus[] {
		return [...this.statusByUrl.values()];
	}

	private async probeAll(urls: readonly string[]): Promise<void> {
		const untold = [...new Set(urls)].filter((url) => !this.statusByUrl.has(url));
		const tasks = untold.map((url) => ({
			run: async () => void this.statusByUrl.set(url, await this.statusOf(url)),
		}));
		await runInLanes(tasks, PROBES_AT_A_TIME, () => this.signal?.aborted ?? false);
	}

	private async statusOf(url: string): Promise<WebhookStatus> {
		if (isBelow(url, this.addresses.waiting)) {
			return isExpired(url, Date.now()) ? 'orphaned' : 'waiting';
		}
		return await statusOf(url, probeWith(this.context));
	}

	private get addresses(): OwnAddresses {
		this.cachedAddresses ??= ownAddresses(this.context);
		return this.cachedAddresses;
	}
}

/** As `URL` writes them, each with a slash at its end. */
interface OwnAddresses {
	/** What addresses of this n8n begin with. */
	all: string[];
	/** What the addresses of waiting executions begin with. */
	waiting: string;
}

/** n8n tells an action node only where its execution can be resumed, and where the editor is. */
function ownAddresses(context: IExecuteFunctions): OwnAddresses {
	const { $execution } = context.getWorkflowDataProxy(0);
	// <base URL of webhooks>/webhook-waiting/<execution>
	const resumeUrl = String($execution.resumeUrl);
	const webhooks = new URL('..', resumeUrl).href;
	// Test webhooks may be below this one.
	const editor = context.getInstanceBaseUrl();
	return {
		all: URL.canParse(editor) ? [webhooks, asFolder(editor)] : [webhooks],
		waiting: new URL('.', resumeUrl).href,
	};
}

function asFolder(url: string): string {
	return new URL(url).href.replace(/\/*$/, '/');
}

function isBelow(url: string, folder: string): boolean {
	return new URL(url).href.startsWith(folder);
}

/** The second way out besides that to Instaply, whose token is not for this one. */
function probeWith(context: IExecuteFunctions): Probe {
	return async (method, url) => {
		const response = await context.helpers.httpRequest({
			...RAW_RESPONSE,
			// n8n's type of methods lacks OPTIONS, which its helper knows.
			method: method as IHttpRequestMethods,
			url,
			// Without it n8n answers nothing to OPTIONS, and with it n8n breaks at GET (measured on 2.41.1).
			headers: method === 'OPTIONS' ? { Origin: new URL(url).origin } : {},
			timeout: TIMEOUT_MS,
		});
		return toHttpResponse(response);
	};
}
