import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'crypto';

import { readAccount, type Account } from '../api/credential';
import { isJsonObject, parseJson } from '../common/json';

/*
 * The account in which a customer was asked. An expression in the credential cannot be resolved again
 * when the reply comes, because n8n then has no item for it (measured on 2.41.1). So the account is
 * stored with the execution, encrypted with the secret of the question's webhook. n8n stores no more
 * of that than its fingerprint: only a delivery of Instaply opens it.
 */

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const OPTIONS = { authTagLength: TAG_BYTES };

export function sealAccount(account: Account, secret: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(ALGORITHM, keyFrom(secret), iv, OPTIONS);
	const content = Buffer.concat([cipher.update(JSON.stringify(account)), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64');
}

/** @returns undefined when it was sealed with another secret, or is no sealed account */
export function openAccount(sealed: string, secret: string): Account | undefined {
	const bytes = Buffer.from(sealed, 'base64');
	const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
	try {
		const decipher = createDecipheriv(ALGORITHM, keyFrom(secret), iv, OPTIONS).setAuthTag(tag);
		const content = bytes.subarray(IV_BYTES + TAG_BYTES);
		const text = Buffer.concat([decipher.update(content), decipher.final()]).toString();
		const account = parseJson(text);
		return isJsonObject(account) ? readAccount(account) : undefined;
	} catch {
		return undefined;
	}
}

/** Not the fingerprint of the secret, which everybody may know. */
function keyFrom(secret: string): Buffer {
	return createHmac('sha256', secret).update('account of a question').digest();
}
