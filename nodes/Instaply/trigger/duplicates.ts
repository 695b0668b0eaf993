/** How many accepted messages a process remembers; the oldest are forgotten first. */
const CAPACITY = 10_000;

const accepted = new Set<string>();

/**
 * Remembers a message as accepted, in this process only: n8n may run several.
 *
 * @returns false when it was accepted before
 */
export function acceptOnce(key: string): boolean {
	if (accepted.has(key)) return false;
	accepted.add(key);
	if (accepted.size > CAPACITY) {
		const [oldest = key] = accepted;
		accepted.delete(oldest);
	}
	return true;
}
