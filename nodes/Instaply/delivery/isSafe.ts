import { isShallow } from '../common/isShallow';

/** Keys that change an object's prototype when they are copied carelessly. */
const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Tells whether content of unknown origin is harmless to n8n and the nodes that follow: not nested too
 * deep, and without keys that reach a prototype.
 */
export function isSafe(content: unknown): boolean {
	return isShallow(content, (container) => !hasUnsafeKey(container));
}

function hasUnsafeKey(container: object): boolean {
	return !Array.isArray(container) && Object.keys(container).some((key) => UNSAFE_KEYS.has(key));
}
