import type {
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
	JsonObject,
} from 'n8n-workflow';

/**
 * n8n responds as soon as it has stored the execution, and n8n 1 and 2.0 before. Without
 * `responseData`, the body of a started execution's response is the literal text "firstEntryJson"
 * (measured on 2.41.1).
 */
export const RESPOND_AT_ONCE = {
	responseMode: 'onReceived',
	responseData: '',
} as const satisfies Partial<IWebhookDescription>;

/**
 * n8n responds with 200 to whatever a node returns, and with 500 and a failed execution to what it
 * throws (measured on 2.41.1). So any other status is written to the response itself, which has to be
 * ended: otherwise the sender waits for ever.
 */
export function respondWithStatus(
	context: IWebhookFunctions,
	status: number,
	body: JsonObject,
): IWebhookResponseData {
	context.getResponseObject().status(status).json(body).end();
	return { noWebhookResponse: true };
}

/**
 * Responds before the node is done. What it returns with this starts the workflow all the same (measured
 * on 2.41.1), but if n8n cannot store the execution then, only its log says so.
 */
export function respondAtOnce(
	context: IWebhookFunctions,
	body: JsonObject,
): Pick<IWebhookResponseData, 'noWebhookResponse'> {
	return respondWithStatus(context, 200, body);
}

/**
 * Resolves once n8n responds, to whether it does so with success. That is after n8n has stored the
 * execution, but for n8n 1 and 2.0, which respond before. 'prefinish' is emitted even if the sender has
 * hung up (measured on 2.41.1).
 */
export async function isAccepted(context: IWebhookFunctions): Promise<boolean> {
	const response = context.getResponseObject();
	await new Promise((resolve) => response.once('prefinish', resolve));
	return response.statusCode >= 200 && response.statusCode < 300;
}
