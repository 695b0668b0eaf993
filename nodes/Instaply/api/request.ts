import type { Json } from '../common/json';

/** One request to Instaply, before authentication. */
export interface ApiRequest {
	method: 'GET' | 'POST';
	/** Begins with `/api/`. */
	path: string;
	query?: Record<string, string>;
	/** Sent as JSON; some writes have none. */
	body?: object;
	/** What it does when it succeeds; decides what a lost response means for the customer. */
	effect: 'none' | 'change' | 'message' | 'conversation';
	/** What it is about, for the words of an error. */
	subject:
		| { kind: 'thread' | 'customer' | 'business' | 'webhook'; id: string }
		| { kind: 'account'; id?: never };
}

/** One response of Instaply, read. */
export interface ApiResponse {
	status: number;
	/** Their names are in lower case. */
	headers: Record<string, unknown>;
	/** JSON; text when the body is none, or JSON beyond measure; null when the body is empty. */
	content: Json;
}

/**
 * The one exit to Instaply.
 *
 * @throws InstaplyError when there was no response
 */
export type Transport = (request: ApiRequest) => Promise<ApiResponse>;
