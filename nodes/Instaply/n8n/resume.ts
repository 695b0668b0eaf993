import type { IWebhookFunctions } from 'n8n-workflow';

import { isJsonObject, parseJson } from '../common/json';
import { toResult } from '../common/result';
import { RAW_RESPONSE, toHttpResponse, type HttpResponse } from './http';
import { receivedBody } from './webhook';
import { judgeWait } from './webhookStatus';

/**
 * What came of a delivery that was forwarded to an execution:
 * - a status: the response of the node that waits there
 * - `over`: n8n says that the execution does not wait, and never will again
 * - `not yet`: n8n says that it runs; it may be about to wait
 * - `unclear`: anything else, such as a proxy that lets nothing through
 */
export type Forwarding = { status: string } | 'over' | 'not yet' | 'unclear';

/** Forwards a delivery, as it came, to an execution that waits in the same n8n. */
export async function forwardDelivery(
	context: IWebhookFunctions,
	url: string,
	headers: Record<string, string>,
	timeoutMs: number,
): Promise<Forwarding> {
	const { content, type } = receivedBody(context);
	const result = await toResult(async () => {
		const response = await context.helpers.httpRequest({
			...RAW_RESPONSE,
			method: 'POST',
			url,
			body: content,
			headers: { ...headers, 'Content-Type': type },
			timeout: timeoutMs,
			abortSignal: AbortSignal.timeout(timeoutMs),
		});
		return toHttpResponse(response);
	});
	return 'value' in result ? readForwarding(result.value, url) : 'unclear';
}

function readForwarding(response: HttpResponse, url: string): Forwarding {
	const content = parseJson(response.body);
	if (isJsonObject(content) && typeof content.status === 'string') {
		return { status: content.status };
	}
	const status = judgeWait(response, url);
	if (status === 'unknown') return 'unclear';
	return status === 'orphaned' ? 'over' : 'not yet';
}
