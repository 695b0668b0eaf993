/** One request to Instaply, before authentication. */
export interface ApiRequest {
	method: 'GET' | 'POST';
	/** Begins with `/api/`. */
	path: string;
	query?: Record<string, string>;
	/** Sent as JSON; some writes have none. */
	body?: object;
	/** What it does when it succeeds; decides what a lost answer means for the customer. */
	effect: 'none' | 'change' | 'message' | 'conversation';
	/** What it is about, for the words of an explanation. */
	subject:
		| { kind: 'thread' | 'customer' | 'business' | 'webhook'; id: string }
		| { kind: 'account'; id?: never };
}

/** What came back over HTTP. Header names are in lower case. */
export interface ApiResponse {
	status: number;
	headers: Record<string, unknown>;
	body: string;
}

/**
 * The one exit to Instaply.
 *
 * @throws InstaplyError when no answer came
 */
export type Transport = (request: ApiRequest) => Promise<ApiResponse>;
