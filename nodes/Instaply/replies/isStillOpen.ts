import type { OwnWaits } from '../n8n/ownWaits';
import type { ResumeTicket } from './resumeTicket';
import { isAnswered } from './takenMessages';

/**
 * Tells whether a question still takes replies. A wait of this n8n may have ended early, because the
 * user stopped it, or end later than its URL says, because it begins when the question is sent. Of one
 * that was just answered, n8n says for a while that it runs, as of one that is about to wait.
 */
export async function isStillOpen(
	{ url, ticket }: { url: string; ticket: ResumeTicket },
	waits: OwnWaits,
): Promise<boolean> {
	if (isAnswered(ticket.fingerprint)) return false;
	const status = waits.owns(url) ? await waits.statusOf(url) : 'unknown';
	return status === 'unknown' ? Date.now() <= ticket.until : status === 'waiting';
}
