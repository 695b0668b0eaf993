import { waitStatusOf } from '../../../nodes/Instaply/n8n/webhookStatus';

const URL_OF_17 =
	'https://n8n.example.com/webhook-waiting/17/00000000-0000-4000-8000-000000000000?signature=s';
/** Where the public address of n8n has a path. */
const URL_BELOW_PATH = 'https://example.com/n8n/webhook-waiting/17?signature=token%2Fnode';

const PAGE = '<html lang="en"><body>\n<h1>No action required</h1>\n</body></html>';
const json = (status: number, body: unknown) => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify(body),
});
const page = (status: number, body: string) => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body,
});
const words = (status: number, message: string) => json(status, { code: status, message });

describe('waitStatusOf', () => {
	it.each([
		['our node, while it waits', 'waiting', json(200, { status: 'waiting' })],
		['our node, in a later pass', 'orphaned', json(200, { status: 'no longer awaited' })],
		['a running one', 'waiting', words(409, 'The execution "17" is running already.')],
		['one that went on or ended well', 'orphaned', page(200, PAGE)],
		['a stopped one', 'orphaned', words(409, 'The execution "17" has finished with error.')],
		// n8n's own quotation marks.
		['an ended one', 'orphaned', words(409, 'The execution "17 has finished already.')],
		['a deleted one', 'orphaned', words(404, 'The execution "17" does not exist.')],
	])('understands the response for %s', async (_, expected, response) => {
		for (const url of [URL_OF_17, URL_BELOW_PATH]) {
			expect(await waitStatusOf(url, async () => await Promise.resolve(response))).toBe(expected);
		}
	});

	it.each([
		['another execution', words(404, 'The execution "18" does not exist.')],
		['another execution, whose number is longer', words(404, 'The execution "7" does not exist.')],
		['no execution', words(404, 'The execution "" does not exist.')],
		['a proxy that knows no such path', page(404, '<h1>404 Not Found</h1>')],
		['a proxy that knows JSON', words(404, 'Not Found')],
		['the words with another status', words(502, 'The execution "17" does not exist.')],
		['other words', words(409, 'The execution "17" is asleep.')],
		['a name of every object', words(409, 'The execution "17" constructor')],
		['a signature that does not fit', page(401, '<h1>Invalid token</h1>')],
		['a delivery', json(401, { status: 'Unauthorized' })],
		['another page', page(200, '<h1>n8n is starting up. Please wait</h1>')],
		['the page with another status', page(404, PAGE)],
		['another program', json(200, { status: 'ok' })],
		['nothing', json(200, null)],
		['a redirect', { status: 302, headers: { location: URL_OF_17 }, body: '' }],
	])('takes nothing else for certain: the response for %s', async (_, response) => {
		expect(await waitStatusOf(URL_OF_17, async () => await Promise.resolve(response))).toBe(
			'unknown',
		);
	});

	it('is unknown when n8n cannot be reached', async () => {
		const probe = async () => await Promise.reject(new Error('ECONNREFUSED'));
		expect(await waitStatusOf(URL_OF_17, probe)).toBe('unknown');
	});

	it('asks once, at the whole address', async () => {
		const asked: unknown[] = [];
		await waitStatusOf(URL_OF_17, async (...request) => {
			asked.push(request);
			return await Promise.resolve(json(200, { status: 'waiting' }));
		});
		expect(asked).toEqual([['POST', URL_OF_17]]);
	});
});
