import type { IWebhookFunctions } from 'n8n-workflow';

/** Writes a warning to n8n's log, with the node and the workflow that it is about. */
export function warn(context: IWebhookFunctions, message: string, error?: unknown): void {
	context.logger.warn(message, {
		node: context.getNode().name,
		workflow: context.getWorkflow().id,
		...(error instanceof Error && { reason: error.message }),
	});
}
