import type { IHttpRequestOptions } from 'n8n-workflow';

import { fingerprintOf } from '../common/fingerprint';
import { InstaplyError } from '../common/InstaplyError';
import { withoutFinalSlashes } from '../common/text';
import { isLocal } from '../n8n/reachable';

/** n8n's linter wants the classes of nodes and credentials to repeat it as a literal. */
export const CREDENTIAL_NAME = 'instaplyApi';

export const DEFAULT_BASE_URL = 'https://me.instaply.com';

/** What the credential holds, ready for requests. */
export interface Account {
	token: string;
	/** A path can be appended to it. */
	baseUrl: string;
}

/** Tells accounts apart without giving the token away. */
export function accountKey({ token, baseUrl }: Account): string {
	return fingerprintOf(`${baseUrl} ${token}`);
}

/** @throws InstaplyError when one of its fields cannot be used */
export function readAccount({ token, baseUrl }: Record<string, unknown>): Account {
	return { token: readToken(token), baseUrl: readBaseUrl(baseUrl) };
}

/** Of each field, in characters. */
const MAX_LENGTH = 2_000;

/**
 * Reads the credential's 'API Token', without the white space that a copy may bring along.
 *
 * @throws InstaplyError when it is empty, or far too long for a token
 */
function readToken(value: unknown): string {
	const token = typeof value === 'string' ? value.trim() : '';
	if (token === '') {
		throw new InstaplyError("'API Token' in the Instaply credential is empty", {
			description:
				'Open the credential and fill it in. If it is an expression, it gave nothing for this item.',
			failure: { cause: 'credential-invalid' },
		});
	}
	if (token.length > MAX_LENGTH) {
		throw new InstaplyError("'API Token' in the Instaply credential is too long for a token", {
			description: `Nothing was sent: it has more than ${MAX_LENGTH} characters. Open the credential and fill in the token alone. If it is an expression, it gave something else for this item.`,
			failure: { cause: 'credential-invalid' },
		});
	}
	return token;
}

/**
 * Reads the credential's 'Base URL'. Without `http://` or `https://` it is taken for a secure one,
 * unless only this machine or its network knows it.
 *
 * @throws InstaplyError when it is not a web address, or has a query or a fragment
 */
export function readBaseUrl(value: unknown): string {
	const text = typeof value === 'string' && value.length <= MAX_LENGTH ? value.trim() : '';
	const address = withScheme(text);
	if (!/^https?:\/\/[^/?#\\][^?#]*$/i.test(address) || !URL.canParse(address)) {
		throw new InstaplyError("'Base URL' in the Instaply credential is not a web address", {
			description: `Open the credential and set it to ${DEFAULT_BASE_URL}.`,
			failure: { cause: 'configuration-invalid' },
		});
	}
	return withoutFinalSlashes(new URL(address).href);
}

function withScheme(text: string): string {
	// A single word is no address. What follows the colon tells a port from a scheme.
	const isBareAddress = /^[^/:]*[.:]/.test(text) && !/^[^/:.]*:(?!\d)/.test(text);
	if (!isBareAddress) return text;
	return isLocal(`http://${text}`) ? `http://${text}` : `https://${text}`;
}

/** Adds both headers that the API document asks for on every request. */
export function authenticated(token: unknown, request: IHttpRequestOptions): IHttpRequestOptions {
	const headers = {
		...request.headers,
		token: readToken(token),
		'Content-Type': 'application/json',
	};
	return { ...request, headers };
}
