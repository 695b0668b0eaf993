import { probeWith, type Sender } from '../n8n/probe';
import { waitStatusOf } from '../n8n/webhookStatus';

/** Meanwhile a delivery waits. */
const TIMEOUT_MS = 2_000;

/**
 * Tells whether n8n says that an execution waits no more: it was stopped, or somebody deleted it.
 *
 * @param url of this n8n
 */
export async function hasEnded(context: Sender, url: string): Promise<boolean> {
	return (await waitStatusOf(url, probeWith(context, TIMEOUT_MS))) === 'orphaned';
}
