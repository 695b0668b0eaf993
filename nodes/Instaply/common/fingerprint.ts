import { createHash } from 'crypto';

/** SHA-256, in hexadecimal digits: stands for a text that must not be shown or stored. */
export function fingerprintOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
