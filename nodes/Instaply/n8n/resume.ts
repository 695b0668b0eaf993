import type { IWebhookFunctions } from 'n8n-workflow';

import { isJsonObject, parseJson } from '../common/json';
import { toResult } from '../common/result';
import { RAW_RESPONSE, toHttpResponse, type HttpResponse } from './http';
import { receivedBody } from './webhook';

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
	return 'value' in result ? readForwarding(result.value) : 'unclear';
}

/** n8n's sentences about executions, as of n8n 1.123 to 2.41 (read in its sources). */
const OVER =
	/^The execution ".{1,100}?"? (?:does not exist\.|has finished (?:already|with error)\.)$/;
const RUNNING = /^The execution ".{1,100}" is running already\.$/;
/** The page that n8n shows instead for the executions of operations that wait like this one. */
const OVER_PAGE = '<title>No action required</title>';

export function readForwarding({ status, body }: HttpResponse): Forwarding {
	if (status === 200 && body.includes(OVER_PAGE)) return 'over';
	const content = parseJson(body);
	if (!isJsonObject(content)) return 'unclear';
	if (typeof content.status === 'string') return { status: content.status };
	const { message } = content;
	if (typeof message !== 'string') return 'unclear';
	if ((status === 404 || status === 409) && OVER.test(message)) return 'over';
	return status === 409 && RUNNING.test(message) ? 'not yet' : 'unclear';
}
