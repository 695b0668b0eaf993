/** What is behind the URL of a webhook, as far as the URL says so. */
export type Receiver =
	/** A published workflow. `forwards` when it passes replies on to the questions that wait for them. */
	| { kind: 'workflow'; forwards: boolean }
	/** n8n's editor, in which somebody tests a workflow. */
	| { kind: 'test' }
	/** An execution that waits for a reply in a thread, until then (milliseconds since 1970). */
	| { kind: 'question'; threadId: string; until: number }
	| { kind: 'other' };

/** Reads n8n's URLs, as n8n makes them by default, and the query that the nodes give them. */
export function receiverAt(url: string): Receiver {
	if (!URL.canParse(url)) return { kind: 'other' };
	const { pathname, searchParams } = new URL(url);
	if (pathname.includes('/webhook-test/')) return { kind: 'test' };
	const threadId = searchParams.get('instaplyThread');
	const until = Number(searchParams.get('instaplyUntil'));
	if (threadId !== null && until > 0 && until <= MAX_TIME) {
		return { kind: 'question', threadId, until };
	}
	if (!pathname.includes('/webhook/')) return { kind: 'other' };
	return { kind: 'workflow', forwards: searchParams.has('instaplyQuestions') };
}

/** The last one that a `Date` can hold. */
const MAX_TIME = 8.64e15;
