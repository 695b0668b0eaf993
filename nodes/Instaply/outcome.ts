/** What came of something that may go wrong. */
export type Outcome<T> = { value: T } | { error: unknown };

/** Does something and gives what came of it, instead of throwing. */
export async function outcomeOf<T>(attempt: () => T | Promise<T>): Promise<Outcome<T>> {
	try {
		return { value: await attempt() };
	} catch (error) {
		return { error };
	}
}
