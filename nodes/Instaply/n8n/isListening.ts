import { isJsonObject, parseJson } from '../common/json';
import { toResult } from '../common/result';
import type { HttpResponse } from './http';
import { probeWith, type Sender } from './probe';

const TIMEOUT_MS = 3_000;

/** What our trigger responds to a probe that carries its secret. */
export const LISTENING = 'listening';

/**
 * Tells whether a trigger of this n8n takes what Instaply delivers to it, and n8n can call itself there;
 * undefined when n8n does not say. Starts nothing.
 *
 * Only our trigger can tell. To OPTIONS, n8n names every address that it has stored, and n8n 1 and 2.0
 * keep that of an unpublished workflow when its webhook could not be deleted.
 *
 * @param headers that Instaply adds to each delivery
 */
export async function isListening(
	context: Sender,
	url: string,
	headers: Record<string, string>,
): Promise<boolean | undefined> {
	const probe = probeWith(context, TIMEOUT_MS);
	const result = await toResult(async () => await probe('POST', url, headers));
	return 'value' in result ? judge(result.value) : undefined;
}

/** Our trigger refuses with these; that of version 0.1.0, which forwards nothing, takes no probe. */
const OF_OUR_TRIGGER = [200, 400, 401];

function judge({ status, body }: HttpResponse): boolean | undefined {
	const content = parseJson(body);
	if (!isJsonObject(content)) return undefined;
	if (OF_OUR_TRIGGER.includes(status) && typeof content.status === 'string') {
		return content.status === LISTENING;
	}
	// n8n has several sentences for this, by what it lacks: the webhook, the workflow or its version.
	return status === 404 && content.code === 404 ? false : undefined;
}
