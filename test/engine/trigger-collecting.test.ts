import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { legacyMessage, message, transfer } from '../../lab/events';
import { waitUntil } from '../../tools/process/wait';
import { deliver } from '../support/engine/deliver';
import { useQuestions } from '../support/engine/questions';
import { useSandbox } from '../support/engine/sandbox';
import type { TriggerOnN8n } from '../support/engine/triggerOnN8n';
import { useTriggers } from '../support/engine/triggers';

const sandbox = useSandbox();
const { activated } = useTriggers(sandbox);
const asked = useQuestions(sandbox);

/** So long that no group of these tests ends by itself. */
const LONG = { collectMessages: 60 };

const collecting = async (options: IDataObject = {}, parameters: INodeParameters = {}) =>
	await activated({
		events: ['messages', 'transfers'],
		...parameters,
		options: JSON.parse(JSON.stringify({ ...LONG, ...options })),
	});

const responseTo = async ({ url, staticData }: TriggerOnN8n, body: unknown) => {
	const { status, data } = await deliver(url, body, {
		'x-n8n-trigger-secret': String(staticData.secret),
	});
	return status === 200 ? Object(data).status : status;
};

let lastMessage = 0;
const says = async (trigger: TriggerOnN8n, messageBody: string, data: IDataObject = {}) =>
	await responseTo(trigger, message({ messageId: ++lastMessage, messageBody, ...data }));

/** A transfer ends what is collected in its thread. @returns what was started ahead of it */
const collected = async (trigger: TriggerOnN8n, thread = 123456) => {
	const before = trigger.started.length;
	expect(await responseTo(trigger, transfer({ customerThreadId: thread }))).toBe('started');
	expect(trigger.started.at(-1)).toMatchObject({ eventType: 'transfer' });
	return trigger.started.slice(before, -1);
};

const startedWith = async (trigger: TriggerOnN8n, count: number) => {
	await waitUntil(() => trigger.started.length >= count, { what: 'the workflow to start' });
	return trigger.started;
};

describe('A trigger that collects messages', () => {
	it('starts once for what a customer writes in a row, in its order', async () => {
		const trigger = await collecting();
		for (const text of ['Hi', 'one question', 'where is 4711?']) {
			expect(await says(trigger, text)).toBe('collected');
		}
		expect(trigger.started).toEqual([]);
		expect(await collected(trigger)).toMatchObject([
			{ messageBody: 'Hi\none question\nwhere is 4711?', messageCount: 3 },
		]);
	});

	it('starts by itself when the customer has written nothing more', async () => {
		const trigger = await collecting({ collectMessages: 1 });
		expect(await says(trigger, 'Hi')).toBe('collected');
		expect(await startedWith(trigger, 1)).toMatchObject([
			{ messageBody: 'Hi', messageCount: 1, messages: [{ messageBody: 'Hi' }] },
		]);
	});

	it('collects again afterwards', async () => {
		const trigger = await collecting();
		for (const texts of [['one', 'two'], ['three']]) {
			for (const text of texts) await says(trigger, text);
			expect(await collected(trigger)).toMatchObject([{ messageBody: texts.join('\n') }]);
		}
	});

	it('collects each thread by itself, and holds up no other', async () => {
		const trigger = await collecting();
		await says(trigger, 'a1', { customerThreadId: 1 });
		await says(trigger, 'b1', { customerThreadId: 2 });
		await says(trigger, 'a2', { customerThreadId: 1 });
		expect(await collected(trigger, 1)).toMatchObject([
			{ customerThreadId: '1', messageBody: 'a1\na2' },
		]);
		expect(await collected(trigger, 3)).toEqual([]);
		expect(await collected(trigger, 2)).toMatchObject([
			{ customerThreadId: '2', messageBody: 'b1' },
		]);
	});

	it('collects for itself alone', async () => {
		const [one, other] = [await collecting(), await collecting()];
		await says(one, 'for one');
		await says(other, 'for the other');
		expect(await collected(one)).toMatchObject([{ messageBody: 'for one' }]);
		expect(await collected(other)).toMatchObject([{ messageBody: 'for the other' }]);
	});

	it('takes a message that is delivered twice once', async () => {
		const trigger = await collecting();
		for (const messageId of [1, 2]) {
			expect(await says(trigger, 'Hi', { messageId })).toBe('collected');
			expect(await says(trigger, 'Hi', { messageId })).toBe('duplicate');
		}
		expect(await collected(trigger)).toMatchObject([{ messageCount: 2 }]);
		expect(await says(trigger, 'Hi', { messageId: 1 })).toBe('duplicate');
		expect(await collected(trigger)).toEqual([]);
	});

	it('leaves out what is not wanted, which ends nothing', async () => {
		const trigger = await collecting();
		await says(trigger, 'question');
		expect(await says(trigger, 'answer', { fromCustomer: false })).toBe('ignored');
		await says(trigger, 'another one');
		expect(await collected(trigger)).toMatchObject([{ messageBody: 'question\nanother one' }]);
	});

	it('leaves out what an execution waits for', async () => {
		const trigger = await collecting({ ignoreAwaitedReplies: true });
		const { customerThreadId } = await asked();
		const reply = { customerThreadId, messageTimestamp: Date.now() };
		expect(await says(trigger, 'yes', reply)).toBe('awaited elsewhere');
		expect(await collected(trigger, Number(customerThreadId))).toEqual([]);
	});

	it('does not mix what a customer and an employee write', async () => {
		const trigger = await collecting({}, { sentBy: 'anyone' });
		await says(trigger, 'Hi');
		await says(trigger, 'anybody?');
		await says(trigger, 'Hello!', { fromCustomer: false });
		expect(await startedWith(trigger, 1)).toMatchObject([{ messageBody: 'Hi\nanybody?' }]);
		expect(await collected(trigger)).toMatchObject([
			{ fromCustomer: false, messageBody: 'Hello!' },
		]);
	});

	it('starts with a transfer at once, whose item is as ever', async () => {
		const trigger = await collecting();
		expect(await responseTo(trigger, transfer())).toBe('started');
		expect(trigger.started).toMatchObject([{ eventType: 'transfer', newBusinessId: '2002' }]);
		expect(trigger.started[0]).not.toHaveProperty('messages');
	});

	it('gives what Instaply delivered when it is not simplified', async () => {
		const trigger = await collecting({}, { simplify: false });
		const bodies = [1, 2].map((messageId) => message({ messageId, more: [messageId] }));
		for (const body of bodies) expect(await responseTo(trigger, body)).toBe('collected');
		const before = trigger.started.length;
		await responseTo(trigger, transfer());
		expect(trigger.started.slice(before)).toEqual([{ messages: bodies }, transfer()]);
	});

	it('gives an AI Agent all texts at once', async () => {
		const trigger = await collecting({ aiAgentFields: true });
		await says(trigger, 'Hi');
		await says(trigger, 'where is 4711?');
		expect(await collected(trigger)).toMatchObject([
			{ sessionId: '123456', chatInput: 'Hi\nwhere is 4711?' },
		]);
	});

	it('collects the deliveries of a legacy registration', async () => {
		const trigger = await activated({
			registration: 'legacy',
			options: { collectMessages: 1 },
		});
		const bodies = ['Hi', 'there'].map((messageBody, messageId) =>
			legacyMessage({ messageBody, messageId }),
		);
		await Promise.all(bodies.map(async (body) => await deliver(trigger.url, body)));
		expect(await startedWith(trigger, 1)).toMatchObject([{ messageCount: 2 }]);
	});

	it('starts with what it has collected when it is unpublished in the meantime', async () => {
		const trigger = await collecting({ collectMessages: 1 });
		await says(trigger, 'Hi');
		await trigger.deactivate();
		expect(await startedWith(trigger, 1)).toMatchObject([{ messageBody: 'Hi' }]);
	});

	it('starts with a hundred messages, rather than holding more', async () => {
		const trigger = await collecting();
		for (let number = 1; number <= 101; number += 1) await says(trigger, `${number}`);
		expect(await startedWith(trigger, 1)).toMatchObject([{ messageCount: 100 }]);
		expect(await collected(trigger)).toMatchObject([{ messageBody: '101', messageCount: 1 }]);
	});

	it.each([0, 61, 1.5, 'soon'])('is not published with %j seconds', async (collectMessages) => {
		await expect(collecting({ collectMessages })).rejects.toMatchObject({
			message: "'Collect Messages' cannot be used as it is",
			description: expect.stringContaining('It has to be a whole number, from 1 to 60.'),
		});
	});

	it('collects in a test run as well', async () => {
		const trigger = await activated(
			{ events: ['messages', 'transfers'], options: LONG },
			{ isTest: true },
		);
		for (const text of ['Hi', 'there']) expect(await says(trigger, text)).toBe('collected');
		expect(await collected(trigger)).toMatchObject([{ messageBody: 'Hi\nthere' }]);
	});
});
