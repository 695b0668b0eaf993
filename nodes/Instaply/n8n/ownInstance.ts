import type { IExecuteFunctions } from 'n8n-workflow';

import { runInLanes } from '../common/lanes';
import { isBelow, ownAddresses, type OwnAddresses } from './ownAddresses';
import { probeWith } from './probe';
import { statusOf, waitStatusOf, type WebhookStatus } from './webhookStatus';

const PROBES_AT_A_TIME = 5;

/** What operations may ask of the n8n they run in. */
export class OwnInstance {
	private cachedAddresses?: OwnAddresses;
	private readonly statusByUrl = new Map<string, WebhookStatus>();
	private probing = Promise.resolve();

	/** @param isExpired tells whether the wait of an execution that waits at a URL is over */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly isExpired: (url: string) => boolean,
	) {}

	/** Tells whether a URL leads to this n8n, going by the address that n8n is configured with. */
	owns(url: string): boolean {
		return this.addresses.all.some((own) => isBelow(url, own));
	}

	/**
	 * Finds out what becomes of events that are sent to addresses of this n8n. Starts nothing, and ends
	 * early when the user stops the execution: the rest is unknown then.
	 */
	async statusesOf(urls: readonly string[]): Promise<WebhookStatus[]> {
		// One at a time: items that are worked on side by side look up the same addresses.
		this.probing = this.probing.then(async () => await this.probeAll(urls));
		await this.probing;
		return urls.map((url) => this.statusByUrl.get(url) ?? 'unknown');
	}

	/** The statuses found so far, one for each address. */
	get statuses(): WebhookStatus[] {
		return [...this.statusByUrl.values()];
	}

	private async probeAll(urls: readonly string[]): Promise<void> {
		const missing = [...new Set(urls)].filter((url) => !this.statusByUrl.has(url));
		const tasks = missing.map((url) => ({
			run: async () => void this.statusByUrl.set(url, await this.statusAt(url)),
		}));
		const signal = this.context.getExecutionCancelSignal();
		await runInLanes(tasks, PROBES_AT_A_TIME, () => signal?.aborted ?? false);
	}

	private async statusAt(url: string): Promise<WebhookStatus> {
		const probe = probeWith(this.context);
		if (!isBelow(url, this.addresses.waiting)) return await statusOf(url, probe);
		return this.isExpired(url) ? 'orphaned' : await waitStatusOf(url, probe);
	}

	private get addresses(): OwnAddresses {
		this.cachedAddresses ??= ownAddresses(this.context);
		return this.cachedAddresses;
	}
}
