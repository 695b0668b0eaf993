import type { INodeParameters } from 'n8n-workflow';

import { TEMPLATES, THREADS } from '../../sandbox/server';
import { byId, byTitle, fromList } from '../support/engine/locators';
import { runInstaply } from '../support/engine/run';
import { sent, useSandbox } from '../support/engine/sandbox';
import { explanation } from '../support/engine/words';

const sandbox = useSandbox();

describe('An expression in a field that is set to Fixed', () => {
	const send = { resource: 'message', operation: 'send', customerThreadId: THREADS.webchat };
	const literal = 'Hello {{ $json.name }}';

	it.each<[string, string, INodeParameters]>([
		['a text', 'Text', { ...send, text: literal }],
		['an ID', 'Thread ID', { ...send, customerThreadId: '{{ $json.thread }}', text: 'Hello' }],
		['a question', 'Text', { ...send, operation: 'sendAndWait', text: literal }],
		[
			'an option',
			'Options',
			{ ...send, operation: 'sendAndWait', text: 'Yes?', options: { clarification: literal } },
		],
		[
			'a template',
			'Template',
			{ ...send, operation: 'sendTemplate', template: byId('{{ $json.template }}') },
		],
	])('is not sent as it stands (%s)', async (_, field, parameters) => {
		const run = await runInstaply(sandbox.current, {
			parameters,
			input: [{ name: 'Ada' }, { name: 'Grace' }],
		});
		const { message, description } = explanation(run);
		expect(message).toBe(`'${field}' holds an expression, but is set to Fixed`);
		expect(description).toContain('choose Expression');
		expect(sent(sandbox.current)).toEqual([]);
	});

	it('is sent when it came from elsewhere, as in what a customer wrote', async () => {
		const parameters = { ...send, text: '={{ $json.said }}' };
		await runInstaply(sandbox.current, { parameters, input: [{ said: literal }] });
		expect(sent(sandbox.current)).toMatchObject([[expect.any(String), { text: literal }]]);
	});

	it('does not matter in a template whose text has places to fill in', async () => {
		const template = { ...fromList(TEMPLATES.issueBack), cachedResultName: 'Hi {{1}}' };
		const customerThreadId = THREADS.whatsappOpen;
		await runInstaply(sandbox.current, {
			parameters: { ...send, operation: 'sendTemplate', customerThreadId, template },
		});
		expect(sent(sandbox.current)).toHaveLength(1);
	});

	it('does not matter in a field that is not used', async () => {
		const parameters = { ...send, text: 'Hello', template: byTitle(literal), url: literal };
		await runInstaply(sandbox.current, { parameters });
		expect(sent(sandbox.current)).toHaveLength(1);
	});
});
