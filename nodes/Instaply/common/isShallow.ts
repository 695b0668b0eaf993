/** Deeper than anything that Instaply sends, and far from exhausting a stack. */
const MAX_DEPTH = 32;

/**
 * Tells whether content of unknown origin is nested no deeper than code can go down again. Goes level
 * by level, so that no depth exhausts the stack here.
 *
 * @param accepts has to be true of every object and list in it
 */
export function isShallow(
	content: unknown,
	accepts: (container: object) => boolean = () => true,
): boolean {
	let level: unknown[] = [content];
	for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
		const containers = level.filter(isContainer);
		if (containers.length === 0) return true;
		if (!containers.every(accepts)) return false;
		level = containers.flatMap((container) => Object.values<unknown>(container));
	}
	return false;
}

function isContainer(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
