import { InstaplyError } from '../common/InstaplyError';

/** n8n's linter wants the classes of nodes and credentials to repeat it as a literal. */
export const CREDENTIAL_NAME = 'instaplyApi';

export const DEFAULT_BASE_URL = 'https://me.instaply.com';

/** Reads the credential's 'API Token' as it is sent: white space comes along when it is pasted. */
export function readToken(value: unknown): string {
	return String(value ?? '').trim();
}

/**
 * Reads the credential's 'Base URL', to which a path can be appended.
 *
 * @throws InstaplyError when it is not a web address, or has a query or a fragment
 */
export function readBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
	if (!/^https?:\/\/[^/?#][^?#]*$/.test(text) || !URL.canParse(text)) {
		throw new InstaplyError("'Base URL' in the Instaply credential is not a web address", {
			description: `Open the credential and set it to ${DEFAULT_BASE_URL}.`,
			failure: { cause: 'configuration-invalid' },
		});
	}
	return text;
}
