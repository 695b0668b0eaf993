import { createHash } from 'crypto';

/** Tells secrets apart without revealing them: SHA-256, in hexadecimal digits. */
export function fingerprintOf(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}
