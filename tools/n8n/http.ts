/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Agent } from 'node:http';
import axios, { type AxiosInstance, type AxiosResponse, type Method } from 'axios';

/** n8n answered a request of ours with an error. */
export class N8nRestError extends Error {
	constructor(
		request: string,
		readonly status: number,
		/** What n8n answered, usually `{ code, message }`. */
		readonly body: unknown,
	) {
		super(`n8n answered ${request} with ${status}: ${messageIn(body)}`);
	}
}

/** Requests to one n8n in the name of the user that has logged in. */
export class N8nHttp {
	private readonly http: AxiosInstance;

	private cookie = '';

	constructor(baseURL: string) {
		this.http = axios.create({
			baseURL,
			proxy: false,
			validateStatus: () => true,
			// n8n closes an idle connection after 5 seconds: sometimes just when it is used again.
			httpAgent: new Agent({ keepAlive: false }),
		});
	}

	/** Sends `body` as JSON and keeps a session cookie. Throws N8nRestError on 400 and above. */
	async request(
		method: Method,
		path: string,
		{ body, query }: { body?: unknown; query?: Record<string, unknown> } = {},
	): Promise<AxiosResponse> {
		const response = await this.http.request({
			method,
			url: path,
			data: body,
			params: query,
			headers: { cookie: this.cookie },
		});
		if (response.status >= 400) {
			throw new N8nRestError(`${method} ${path}`, response.status, response.data);
		}
		this.keepCookie(response.headers['set-cookie'] ?? []);
		return response;
	}

	private keepCookie(cookies: string[]): void {
		const session = cookies.find((cookie) => cookie.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0] ?? '';
	}
}

function messageIn(body: unknown): string {
	if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
	return JSON.stringify(body);
}
