import { readExample } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { THREADS } from '../../../sandbox/server';
import type { StoredWorkflow } from '../../../tools/n8n/types';
import { startStubModel, type StubModel } from '../../../tools/stubModel';
import { ended, written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';

jest.setTimeout(90_000);

const NOTE = 'note: The AI agent has no answer to this: please take over.';

describe('The example with an AI agent', () => {
	let lab: Lab;
	let model: StubModel;
	let workflow: StoredWorkflow;
	beforeEach(async () => {
		lab = await openSharedLab();
	});
	afterEach(async () => {
		await lab.close();
		await model.close();
	});

	const start = async (...script: [...string[], string]) => {
		model = await startStubModel(script);
		const credential = await lab.rest.createCredential('openAiApi', {
			apiKey: 'x',
			url: model.url,
		});
		const example = await readExample('ai-agent', lab.credential, credential);
		workflow = await lab.publish(example);
	};

	it('answers with what it remembers of the thread, and of no other', async () => {
		await start('We open at nine.', 'We close at seven.');
		await lab.sandbox.customerWrites(THREADS.webchat, 'When do you open?');
		await ended(lab, workflow, 1);
		await lab.sandbox.customerWrites(THREADS.webchat, 'And close?');
		await ended(lab, workflow, 2);
		await lab.sandbox.customerWrites(THREADS.sms, 'Until when?');
		await ended(lab, workflow, 3);
		await lab.sandbox.settled();

		expect(model.conversations).toEqual([
			['user: When do you open?'],
			['user: When do you open?', 'assistant: We open at nine.', 'user: And close?'],
			['user: Until when?'],
		]);
		expect(written(lab.sandbox, THREADS.webchat)).toEqual([
			'customer: When do you open?',
			'workflow: We open at nine.',
			'customer: And close?',
			'workflow: We close at seven.',
		]);
		expect(await ended(lab, workflow, 3)).toHaveLength(3);
	});

	const isHandedOver = () => {
		expect(written(lab.sandbox, THREADS.webchat).slice(1)).toEqual([NOTE]);
		expect(lab.sandbox.thread(THREADS.webchat).status).toBe('waiting');
	};

	it('hands over when the model asks for it, and tells the customer nothing', async () => {
		await start('HAND OVER');
		await lab.sandbox.customerWrites(THREADS.webchat, 'I want to talk to somebody');
		expect(await ended(lab, workflow, 1)).toMatchObject([{ status: 'success' }]);
		isHandedOver();
	});

	it('hands over a file without a text', async () => {
		await start('I cannot see it.');
		const attachment = { name: 'parcel.jpg', contentType: 'image/jpeg', contentLength: 1234 };
		await lab.sandbox.customerWrites(THREADS.webchat, { attachment });
		expect(await ended(lab, workflow, 1)).toMatchObject([{ status: 'success' }]);
		isHandedOver();
		expect(model.conversations).toEqual([]);
	});

	it('hands over when the model is out of reach', async () => {
		await start('Never said');
		await model.close();
		await lab.sandbox.customerWrites(THREADS.webchat, 'Hello?');
		expect(await ended(lab, workflow, 1)).toMatchObject([{ status: 'success' }]);
		isHandedOver();
	});
});
