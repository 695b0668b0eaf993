/** A messaging window may close while many items are sent. */
const TTL_MS = 60_000;

/** Remembers answers for a minute, by ID. */
export class TtlCache<T> {
	private readonly answers = new Map<string, { answer: Promise<T>; until: number }>();

	/** @param ask is not remembered when it throws, so that the next one may ask again */
	async get(id: string, ask: (id: string) => Promise<T>): Promise<T> {
		const known = this.answers.get(id);
		if (known !== undefined && Date.now() < known.until) return await known.answer;
		const answer = ask(id);
		this.answers.set(id, { answer, until: Date.now() + TTL_MS });
		answer.catch(() => this.answers.delete(id));
		return await answer;
	}
}
