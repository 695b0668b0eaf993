import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { BUSINESSES, THREADS } from '../../../sandbox/server';
import { runInstaply } from '../../support/engine/run';
import { sent, useSandbox } from '../../support/engine/sandbox';
import { explanation } from '../../support/engine/words';
import { testExamples } from './cases';

testExamples('thread');

const sandbox = useSandbox();

describe('Get', () => {
	it.each<[string, IDataObject]>([
		[
			'a status that no document names',
			{ customerChannel: 'SMS', status: 'closed', isMessagingWindowOpen: true },
		],
		['fields that are null', { customerChannel: null, status: null, isMessagingWindowOpen: null }],
	])('hands on %s', async (_, body) => {
		const route = 'GET /api/get-customer-thread-details';
		sandbox.current.faults.add({ route, kind: 'answerReplaced', body });
		const customerThreadId = THREADS.webchat;
		const { succeeded } = await runInstaply(sandbox.current, {
			parameters: { resource: 'thread', operation: 'get', customerThreadId },
		});
		expect(succeeded).toEqual([{ customerThreadId, ...body }]);
	});
});

describe('Start', () => {
	const START = 'POST /api/widget/send-message-to-business';
	const businessId = BUSINESSES.support;
	const text = 'Please call me back.';
	const start = async (parameters: INodeParameters = {}) =>
		await runInstaply(sandbox.current, {
			parameters: {
				resource: 'thread',
				operation: 'start',
				businessId,
				text,
				additionalFields: { email: 'customer@example.com' },
				...parameters,
			},
		});

	it('writes as the customer', async () => {
		const { items } = await start();
		const [{ customerThreadId } = {}] = items.map(({ json }) => json);
		expect(sandbox.current.conversation(String(customerThreadId))).toMatchObject([
			{ from: 'customer', body: text },
		]);
	});

	it('gives the thread as text when Instaply gives a number', async () => {
		const body = { result: 'ok', customerThreadId: 4711 };
		sandbox.current.faults.add({ route: START, kind: 'answerReplaced', body });
		const { items } = await start();
		expect(items.map(({ json }) => json)).toEqual([{ customerThreadId: '4711', response: body }]);
	});

	it.each([
		['nobody', {}],
		['nobody but a language', { locale: 'en' }],
		['empty fields', { email: '', phoneNumber: ' ' }],
	])('is refused for %s', async (_, additionalFields) => {
		expect(explanation(await start({ additionalFields })).message).toBe(
			'There is no e-mail address and no phone number',
		);
		expect(sandbox.current.requests()).toEqual([]);
	});

	it.each([
		[400, 'Injected fault: 400', 'Instaply refused the values of this item'],
		[401, 'Instaply did not accept the token', "Check 'API Token'"],
	])('explains a refusal with status %s, and starts nothing', async (status, message, advice) => {
		sandbox.current.faults.add({ route: START, kind: 'status', status });
		expect(explanation(await start())).toEqual({
			message,
			description: expect.stringContaining(advice),
		});
		expect(sent(sandbox.current)).toHaveLength(1);
	});

	it('explains that a business belongs to somebody else', async () => {
		expect(explanation(await start({ businessId: BUSINESSES.foreign }))).toEqual({
			message: 'Business 9009 does not belong to your organization',
			description: expect.stringMatching(
				/^Nothing was sent\..*“Business does not belong to this organization”/,
			),
		});
	});
});
