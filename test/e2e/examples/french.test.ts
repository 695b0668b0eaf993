import { inFrench, readExample } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { callAsShop, createShopKey } from '../../../lab/shop';
import { THREADS } from '../../../sandbox/server';
import type { DataTableColumn, StoredWorkflow } from '../../../tools/n8n/types';
import { waitUntil } from '../../../tools/process/wait';
import { ended, written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';
import { withTables } from '../../support/e2e/pausedThreads';

/*
 * The examples in French are set as the English ones: here, that they understand French and speak it.
 */

jest.setTimeout(60_000);

const NAMES = ['threadId', 'firstName', 'status', 'answer', 'askedAt', 'answeredAt', 'optedOut'];
const COLUMNS = NAMES.map((name): DataTableColumn => ({ name, type: 'string' }));
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

const SORRY = "workflow: Désolé, je n'ai pas compris. Merci de répondre par oui ou par non.";

describe('The examples in French', () => {
	let lab: Lab;
	let workflow: StoredWorkflow;
	beforeEach(async () => {
		lab = await openSharedLab();
	});
	afterEach(async () => await lab.close());

	const newThread = () => String(lab.sandbox.addThread().id);
	/** Without what the customer wrote. */
	const said = (thread: string) =>
		written(lab.sandbox, thread).filter((line) => !line.startsWith('customer'));
	const waits = async (count: number) => {
		const isSo = async () => {
			const filter = { workflowId: workflow.id };
			const waiting = await lab.rest.executions({ ...filter, status: ['waiting'] });
			const busy = await lab.rest.executions({ ...filter, status: ['new', 'running'] });
			return waiting.length === count && busy.length === 0;
		};
		await waitUntil(isSo, { what: `${count} executions to wait` });
	};

	it.each(['Où en est ma commande n° 4711 ?', 'Mon COLIS 4711 est en retard'])(
		'answer-order-questions answers %j',
		async (question) => {
			workflow = await lab.publish(
				await readExample(inFrench('answer-order-questions'), lab.credential),
			);
			await lab.sandbox.customerWrites(THREADS.webchat, question);
			expect(await ended(lab, workflow, 1)).toMatchObject([{ status: 'success' }]);
			expect(said(THREADS.webchat)).toEqual([
				"workflow: Bonjour Alan, votre commande 4711 a quitté notre entrepôt aujourd'hui et arrivera demain.",
			]);
			expect(lab.sandbox.thread(THREADS.webchat).status).toBe('resolved');
		},
	);

	it('answer-order-questions hands everything else over', async () => {
		workflow = await lab.publish(
			await readExample(inFrench('answer-order-questions'), lab.credential),
		);
		await lab.sandbox.customerWrites(THREADS.webchat, 'Vendez-vous des cartes cadeaux ?');
		expect(await ended(lab, workflow, 1)).toMatchObject([{ status: 'success' }]);
		expect(said(THREADS.webchat)).toEqual([
			"note: Il ne s'agit pas d'une commande\u00a0: merci de répondre au client.",
		]);
		expect(lab.sandbox.thread(THREADS.webchat).status).toBe('waiting');
	});

	it.each([
		[['Oui !'], ['workflow: Merci, et à bientôt\u00a0!'], 'replied'],
		[["D'accord."], ['workflow: Merci, et à bientôt\u00a0!'], 'replied'],
		[['non merci'], [], 'waiting'],
		[
			['Hm', 'Peut-être', 'On verra'],
			[
				`${SORRY}\n\n1. Oui\n2. Non`,
				`${SORRY}\n\n1. Oui\n2. Non`,
				'note: Réponse peu claire au sujet du rendez-vous\u00a0: On verra',
			],
			'waiting',
		],
	])('confirm-appointment goes on with %j', async (replies, answers, status) => {
		const key = await createShopKey(lab.rest);
		workflow = await lab.publish(
			await readExample(inFrench('confirm-appointment'), lab.credential, key),
		);
		const thread = newThread();
		const due = { customerThreadId: thread, time: 'vendredi à 10 h' };
		await callAsShop(lab.n8nUrl, workflow, due);
		await waits(1);
		for (const reply of replies) await lab.sandbox.customerWrites(thread, reply);
		expect(await ended(lab, workflow, 1)).toMatchObject([{ status: 'success' }]);
		expect(said(thread)).toEqual([
			'workflow: Nous vous attendons vendredi à 10 h. Serez-vous là\u00a0?\n\n1. Oui\n2. Non',
			...answers,
		]);
		expect(lab.sandbox.thread(thread).status).toBe(status);
	});

	it('ask-everybody notes the answers, and who wants no more questions', async () => {
		const name = 'Clients à interroger';
		for (const old of await lab.rest.dataTables()) {
			if (old.name === name) await lab.rest.deleteDataTable(old);
		}
		const table = await lab.rest.createDataTable(name, COLUMNS);
		const example = await readExample(inFrench('ask-everybody'), lab.credential);
		workflow = await lab.publish(withTables(example, [table]));
		const [yes, no, stops] = [newThread(), newThread(), newThread()];
		await lab.rest.insertDataTableRows(table, [
			{ threadId: yes, firstName: 'Ada' },
			{ threadId: no, firstName: 'Bob' },
			{ threadId: stops, firstName: 'Cid' },
			{ firstName: 'Dan' },
		]);
		await lab.rest.waitForEnd(
			await lab.rest.runManually(workflow, { trigger: 'Quand je le veux' }),
		);
		await waits(3);
		await lab.sandbox.customerWrites(yes, 'Peut-être');
		await lab.sandbox.customerWrites(yes, 'Oui !');
		await lab.sandbox.customerWrites(no, 'NON');
		await lab.sandbox.customerWrites(stops, 'Arrêtez !');
		await waits(0);
		await lab.sandbox.customerWrites(no, 'Désabonnement, merci');
		await lab.sandbox.customerWrites(no, 'me désabonner');
		await lab.idle();
		await waits(0);

		const rows = await lab.rest.dataTableRows(table);
		expect(rows.map(({ status, answer, optedOut }) => [status, answer, optedOut])).toEqual([
			['répondu', 'Oui', null],
			['répondu', 'Non', TIME],
			['répondu', 'Stop', TIME],
			["question non posée\u00a0: 'Thread ID' is empty", expect.not.stringMatching(/./), null],
		]);
		const question = expect.stringMatching(/^workflow: Bonjour \w+, nous ouvrons/);
		const confirmed = expect.stringMatching(/^workflow: Nous ne vous poserons plus de question\./);
		expect([yes, no, stops].map(said)).toEqual([
			[question, SORRY],
			[question, confirmed],
			[question, confirmed],
		]);
	});
});
