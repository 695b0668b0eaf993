import { InstaplyClient } from '../../../nodes/Instaply/api/client';
import type { ApiRequest } from '../../../nodes/Instaply/api/request';
import { Retry } from '../../../nodes/Instaply/api/retry';
import { sendWithinWindow } from '../../../nodes/Instaply/operations/message/window';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

beforeAll(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
afterAll(() => jest.useRealTimers());

/** An Instaply that asks to slow down some times, while the window of a thread closes. */
class BusyInstaply {
	readonly requests: string[] = [];
	private readonly start = performance.now();

	constructor(
		private readonly closesAfterMs: number,
		private refusals: number,
		private readonly pauseS: number,
	) {}

	get client(): InstaplyClient {
		return new InstaplyClient(
			{ token: 'secret', baseUrl: 'https://instaply.example.com' },
			async (request) => this.respond(request),
			new Retry(),
		);
	}

	private respond({ method }: ApiRequest) {
		const ms = performance.now() - this.start;
		this.requests.push(`${Math.round(ms / SECOND)} s ${method}`);
		const respond = (status: number, content: object, headers = {}) => ({
			status,
			headers,
			content: { ...content },
		});
		if (method === 'GET') {
			const isMessagingWindowOpen = ms < this.closesAfterMs;
			return respond(200, {
				customerChannel: 'WHATSAPP',
				status: 'replied',
				isMessagingWindowOpen,
			});
		}
		if (this.refusals-- > 0) return respond(429, {}, { 'retry-after': String(this.pauseS) });
		return respond(200, { result: 'ok' });
	}
}

async function send(instaply: BusyInstaply, whenWindowClosed: 'skip' | 'stop') {
	const message = { customerThreadId: '1', text: 'Hello', textFormat: undefined };
	const sent = sendWithinWindow(
		{ ...message, whenWindowClosed, template: undefined },
		instaply.client,
	).catch(({ message: why }: Error) => why);
	await jest.advanceTimersByTimeAsync(HOUR);
	return await sent;
}

describe('A text that Instaply has wait', () => {
	it('goes out by what was looked up within the last minute', async () => {
		const instaply = new BusyInstaply(HOUR, 2, 45);
		expect(await send(instaply, 'stop')).toMatchObject({ sent: true, windowOpen: true });
		expect(instaply.requests).toEqual([
			'0 s GET',
			'0 s POST',
			'45 s POST',
			'90 s GET',
			'90 s POST',
		]);
	});

	it('is skipped when the window has closed meanwhile', async () => {
		const instaply = new BusyInstaply(70 * SECOND, 2, 45);
		expect(await send(instaply, 'skip')).toMatchObject({ sent: false, windowOpen: false });
		expect(instaply.requests).toEqual(['0 s GET', '0 s POST', '45 s POST', '90 s GET']);
	});

	it('stops when the window has closed meanwhile and that was chosen', async () => {
		const instaply = new BusyInstaply(70 * SECOND, 2, 45);
		expect(await send(instaply, 'stop')).toBe('The messaging window of thread 1 is closed');
		expect(instaply.requests).toHaveLength(4);
	});

	it('is not held up by its own look-up when one request goes out at a time', async () => {
		const instaply = new BusyInstaply(HOUR, 3, 60);
		expect(await send(instaply, 'stop')).toMatchObject({ sent: true });
		expect(instaply.requests.slice(-2)).toEqual(['180 s GET', '180 s POST']);
	});
});
