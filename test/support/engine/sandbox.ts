import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { DEFAULT_VARIANTS } from '../../../sandbox/variants';
import { waitUntil } from '../../../tools/process/wait';

/** A sandbox for the tests of one file, as good as new before each of them but for its threads. */
export function useSandbox(): { readonly current: Sandbox } {
	let sandbox: Sandbox | undefined;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	beforeEach(() => {
		sandbox?.clearRecords();
		sandbox?.faults.clear();
		Object.assign(sandbox?.variants ?? {}, DEFAULT_VARIANTS);
	});
	afterAll(async () => await sandbox?.close());
	return {
		get current() {
			if (sandbox === undefined) throw new Error('The sandbox has not started yet');
			return sandbox;
		},
	};
}

/** A request that the sandbox got: method and path, then its query when a GET, else its body. */
export type Sent = [request: string, content?: unknown];

/**
 * The requests that the sandbox got, in order. Checks that each carried the token, declared JSON,
 * and had a query or a body and not both.
 */
export function sent(sandbox: Sandbox): Sent[] {
	return sandbox.requests().map(({ method, path, query, body, headerNames, token }) => {
		expect(token).toBe('valid');
		expect(headerNames).toContain('content-type');
		expect(method === 'GET' ? body : query).toEqual(method === 'GET' ? undefined : {});
		const content = method === 'GET' ? query : body;
		const isEmpty = content === undefined || Object.keys(Object(content)).length === 0;
		return isEmpty ? [`${method} ${path}`] : [`${method} ${path}`, content];
	});
}

/** Waits until nothing in the background asks Instaply any more. */
export async function quiet(sandbox: Sandbox): Promise<void> {
	let before = -1;
	await waitUntil(
		() => {
			const count = sandbox.requests().length;
			const isQuiet = count === before;
			before = count;
			return isQuiet;
		},
		{ what: 'Instaply to be left alone', interval: 50 },
	);
}
