import { TEMPLATES, THREADS } from '../../sandbox/server';
import { openDropdown } from '../support/engine/dropdown';
import { runInstaply } from '../support/engine/run';
import { sent, useSandbox } from '../support/engine/sandbox';
import { everythingIn, explanation } from '../support/engine/words';

const sandbox = useSandbox();

type Options = Parameters<typeof openDropdown>[2];

/** What a dropdown that cannot be filled shows: the message alone, so all has to be in it. */
const shown = async (opening: Promise<unknown>) => {
	const error = await opening.then(
		() => undefined,
		(reason) => reason,
	);
	const { message, description } = explanation({ error });
	expect(message.endsWith(`. ${description}`)).toBe(true);
	expect(everythingIn(error)).not.toContain(sandbox.current.token);
	return { message, error };
};

describe('The dropdown of templates', () => {
	const open = async (options: Options = {}) =>
		await openDropdown(sandbox.current, 'searchTemplates', {
			...options,
			parameters: { customerThreadId: THREADS.whatsappClosed, ...options.parameters },
		});

	it('offers those of the thread, with what they say', async () => {
		const { results } = await open();
		expect(results).toHaveLength(4);
		expect(results[0]).toEqual({
			name: 'issue_back: Bonjour, nous sommes désolés de ne pas avoir pu vous répondr…',
			value: TEMPLATES.issueBack,
			description: expect.stringMatching(/^Bonjour, .* répondre OUI\.$/),
		});
		expect(sent(sandbox.current)).toEqual([
			['GET /api/get-whatsapp-templates', { customerThreadId: THREADS.whatsappClosed }],
		]);
	});

	it.each([
		['part of a title', 'SHIPPED', [TEMPLATES.orderShipped]],
		['part of a text', ' bonjour', [TEMPLATES.issueBack, TEMPLATES.appointmentReminder]],
		['what none of them has', 'zebra', []],
		['nothing', '  ', Object.values(TEMPLATES)],
	])('can be narrowed down to %s', async (_, filter, contentSids) => {
		const { results } = await open({ filter });
		expect(results.map(({ value }) => value)).toEqual(contentSids);
	});

	it('offers those of which Instaply does not show all', async () => {
		const templates = [
			null,
			{ title: 'shipped', text: null, contentSid: 'HX1' },
			{ title: null, text: 'It is on its way', contentSid: 'HX2' },
			{ contentSid: 'HX3' },
		];
		sandbox.current.faults.add({
			route: 'GET /api/get-whatsapp-templates',
			times: 2,
			kind: 'answerReplaced',
			body: { templates },
		});
		expect((await open()).results).toEqual([
			{ name: 'shipped', value: 'HX1' },
			{ name: 'HX2: It is on its way', value: 'HX2', description: 'It is on its way' },
			{ name: 'HX3', value: 'HX3' },
		]);
		expect((await open({ filter: 'way' })).results).toHaveLength(1);
	});

	it('accepts a thread ID that is a number', async () => {
		const parameters = { customerThreadId: Number(THREADS.whatsappOpen) };
		expect((await open({ parameters })).results).toHaveLength(4);
	});

	it.each([
		['an empty thread ID', '', "'Thread ID' is empty"],
		['a thread ID that is none', '1/2', "'Thread ID' cannot be used as it is"],
		['a thread without templates', THREADS.sms, 'Thread 123457 has no templates'],
		[
			'a thread out of reach',
			THREADS.otherUsers,
			"Thread 123461 does not exist, or the token's user cannot see it",
		],
	])('explains %s', async (_, customerThreadId, message) => {
		const opening = open({ parameters: { customerThreadId } });
		expect((await shown(opening)).message.startsWith(`${message}. `)).toBe(true);
	});

	it('asks for the thread before it looks at the credential', async () => {
		const opening = openDropdown({ ...sandbox.current, url: 'nowhere' }, 'searchTemplates', {
			parameters: { customerThreadId: '' },
		});
		expect((await shown(opening)).message).toMatch(
			/^'Thread ID' is empty\. .* Execute the nodes before this one/,
		);
	});

	it('explains a token that Instaply refuses, without showing it', async () => {
		const token = 'not-the-right-token';
		const { message, error } = await shown(open({ token }));
		expect(message).toMatch(/^Instaply did not accept the token\. .*'API Token'/);
		expect(everythingIn(error)).not.toContain(token);
	});
});

describe('The dropdown of webhooks', () => {
	const open = async (options?: Options) =>
		await openDropdown(sandbox.current, 'searchWebhooks', options);
	const urls = ['https://example.com/orders', 'https://example.com/returns'];

	it('says that there are none', async () => {
		const { message } = await shown(open());
		expect(message).toBe('Your organization has no webhooks. Create one first.');
	});

	describe('of which there are some', () => {
		beforeAll(async () => {
			for (const url of urls) {
				await runInstaply(sandbox.current, {
					parameters: { resource: 'webhook', operation: 'create', url, events: ['messages'] },
				});
			}
		});

		it.each(['array', 'wrapped'] as const)(
			'offers all of a list that is %s',
			async (listAnswer) => {
				sandbox.current.variants.listAnswer = listAnswer;
				const webhooks = sandbox.current.webhooks();
				expect(webhooks.map(({ url }) => url)).toEqual(urls);
				expect(await open()).toEqual({
					results: webhooks.map(({ url, id }) => ({ name: url, value: String(id) })),
				});
			},
		);

		it('can be narrowed down by part of an address', async () => {
			const { results } = await open({ filter: 'RETURN' });
			expect(results.map(({ name }) => name)).toEqual(urls.slice(1));
		});

		it('shows the ID of one whose address Instaply does not show', async () => {
			sandbox.current.faults.add({
				route: 'GET /api/webhooks/',
				kind: 'answerReplaced',
				body: [{ id: 7 }],
			});
			expect((await open()).results).toEqual([{ name: '7', value: '7' }]);
		});
	});
});
