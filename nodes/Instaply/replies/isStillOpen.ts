import type { OwnWaits } from '../n8n/ownWaits';
import type { ResumeTicket } from './resumeTicket';

/**
 * Tells whether a question still takes replies. A wait of this n8n may have ended early, because the
 * user stopped it, or end later than its URL says, because it begins when the question is sent.
 */
export async function isStillOpen(
	{ url, ticket }: { url: string; ticket: ResumeTicket },
	waits: OwnWaits,
): Promise<boolean> {
	const status = waits.owns(url) ? await waits.statusOf(url) : 'unknown';
	return status === 'unknown' ? Date.now() <= ticket.until : status === 'waiting';
}
