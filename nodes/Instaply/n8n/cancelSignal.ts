/**
 * The context with another signal in place of that of the stop button. n8n puts the latter into each
 * authenticated request of an execution, over any other (measured on 2.41.1).
 *
 * @param signal has to end at the stop button, too
 */
export function withCancelSignal<C extends object>(context: C, signal: AbortSignal): C {
	if (!('getExecutionCancelSignal' in context)) return context;
	// Typed by hand, because Object.create is not.
	const derived: C = Object.create(context, { getExecutionCancelSignal: { value: () => signal } });
	return derived;
}
