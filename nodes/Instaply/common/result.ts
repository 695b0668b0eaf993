/** A value, or what was thrown instead. */
export type Result<T> = { value: T } | { error: unknown };

/** Gives a result instead of throwing. */
export async function toResult<T>(attempt: () => T | Promise<T>): Promise<Result<T>> {
	try {
		return { value: await attempt() };
	} catch (error) {
		return { error };
	}
}
