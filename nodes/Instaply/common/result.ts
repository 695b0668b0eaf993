/** What came of something that may go wrong. */
export type Result<T> = { value: T } | { error: unknown };

/** Does something and gives what came of it, instead of throwing. */
export async function toResult<T>(attempt: () => T | Promise<T>): Promise<Result<T>> {
	try {
		return { value: await attempt() };
	} catch (error) {
		return { error };
	}
}
