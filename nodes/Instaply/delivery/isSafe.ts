/** Deeper than anything that Instaply sends, and far from exhausting a stack. */
const MAX_DEPTH = 32;

/** Keys that change an object's prototype when they are copied carelessly. */
const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Tells whether content of unknown origin is harmless to n8n and the nodes that follow: not nested too
 * deep, and without keys that reach a prototype. Goes level by level, so that no depth exhausts the
 * stack here.
 */
export function isSafe(content: unknown): boolean {
	let level: unknown[] = [content];
	for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
		const containers = level.filter(isContainer);
		if (containers.length === 0) return true;
		if (containers.some(hasUnsafeKey)) return false;
		level = containers.flatMap((container) => Object.values<unknown>(container));
	}
	return false;
}

function isContainer(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function hasUnsafeKey(container: object): boolean {
	return !Array.isArray(container) && Object.keys(container).some((key) => UNSAFE_KEYS.has(key));
}
