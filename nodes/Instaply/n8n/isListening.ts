import { probeWith, type Sender } from './probe';
import { statusOf } from './webhookStatus';

const TIMEOUT_MS = 3_000;

/**
 * Tells whether a workflow listens at an address of this n8n, and n8n can call itself there; undefined
 * when n8n does not say.
 */
export async function isListening(context: Sender, url: string): Promise<boolean | undefined> {
	const status = await statusOf(url, probeWith(context, TIMEOUT_MS));
	return status === 'active' || status === 'orphaned' ? status === 'active' : undefined;
}
