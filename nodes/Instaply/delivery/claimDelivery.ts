import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isAccepted } from '../n8n/webhookResponse';
import { claim } from './duplicates';
import { accept, refuse, type UnusedStatus } from './respond';

/**
 * Claims for a delivery what only one may do, until n8n has responded to it.
 *
 * @param used says that another delivery has done it
 * @returns the response when it is not this delivery's to do; undefined when it is
 */
export async function claimDelivery(
	context: IWebhookFunctions,
	key: string,
	used: UnusedStatus,
): Promise<IWebhookResponseData | undefined> {
	const claimed = await claim(key, async () => await isAccepted(context));
	if (claimed === 'granted') return undefined;
	if (claimed === 'already accepted') return accept(used);
	// What the other delivery comes to is not known: this one may be needed.
	return refuse(context, 503, 'Already under way');
}
