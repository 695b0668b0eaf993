import { isListening } from '../../../nodes/Instaply/n8n/isListening';

const URL = 'https://n8n.example/webhook/1/webhook?instaplyQuestions=0123456789abcdef';

const notFound = (message: string) => [404, { code: 404, message }] as const;

/** What isListening makes of a response. */
async function judged(status: number, content: unknown) {
	const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
	const requests: object[] = [];
	const httpRequest = async (options: object) => {
		requests.push(options);
		return { statusCode: status, headers: {}, body };
	};
	const listens = await isListening({ helpers: { httpRequest } }, URL, { 'x-gateway': 'open' });
	return { listens, request: requests[0] };
}

describe('A trigger', () => {
	it('listens when it says so, to a request that is sent like a delivery and marked as none', async () => {
		const { listens, request } = await judged(200, { status: 'listening' });
		expect(listens).toBe(true);
		const headers = { 'x-gateway': 'open', 'x-n8n-instaply-probe': '1' };
		expect(request).toMatchObject({ method: 'POST', url: URL, headers });
		expect(request).not.toHaveProperty('body');
	});

	it.each([
		['has no such webhook', ...notFound('The requested webhook "POST 1" is not registered.')],
		['has unpublished it', ...notFound('Active version not found for workflow with id "7"')],
		['has deleted it', ...notFound('Could not find workflow with id "7"')],
		['holds another secret for it', 401, { status: 'Unauthorized' }],
		['has version 0.1.0 of it', 400, { status: 'Not an event of Instaply' }],
	])('does not listen when n8n %s', async (_, status, content) => {
		expect((await judged(status, content)).listens).toBe(false);
	});

	it.each([
		['the 404 of a proxy', 404, '<h1>Not Found</h1>'],
		['the 404 of some other service', 404, { message: 'no such route' }],
		['an n8n that starts', 503, { code: 503, message: 'Database is not ready!' }],
		['a proxy that has lost n8n', 502, { status: 'Bad Gateway' }],
		['a page', 200, '<html></html>'],
		['nothing', 204, ''],
	])('is not known to listen by %s', async (_, status, content) => {
		expect((await judged(status, content)).listens).toBeUndefined();
	});

	it('is not known to listen when n8n cannot be reached', async () => {
		const httpRequest = jest.fn(async () => {
			throw new Error('ECONNREFUSED');
		});
		expect(await isListening({ helpers: { httpRequest } }, URL, {})).toBeUndefined();
	});
});
