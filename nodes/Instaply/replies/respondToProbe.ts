import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { accept } from '../delivery/respond';
import { PROBE_STATUS } from '../n8n/webhookStatus';
import { readPendingQuestion } from './pendingQuestion';
import { ticketFromQuery } from './resumeTicket';

/**
 * Tells whoever knows the address of a question whether it still waits. Resumes nothing. n8n calls the
 * node only while it waits, but a later pass of a loop waits for another question at the same path.
 */
export async function respondToProbe(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { fingerprint } = ticketFromQuery(context.getQueryData()) ?? {};
	const question = await readPendingQuestion(context);
	const isOver = question !== undefined && question.fingerprint !== fingerprint;
	return accept(isOver ? PROBE_STATUS.over : PROBE_STATUS.waiting);
}
