import { readExample } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { TEMPLATES, THREADS } from '../../../sandbox/server';
import { written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';
import { startStubSheet, withSheet, type StubSheet } from '../../support/e2e/sheet';

jest.setTimeout(60_000);

const SEND = 'POST /api/send-message-to-customer-thread';

describe('The example that sends a campaign from a sheet', () => {
	let lab: Lab;
	let sheet: StubSheet;
	beforeEach(async () => {
		lab = await openSharedLab();
		sheet = await startStubSheet();
	});
	afterEach(async () => {
		await sheet.close();
		await lab.close();
	});

	const fill = (...threads: Array<string | number>) => {
		sheet.rows = threads.map((thread, index) => ({
			row_number: index + 2,
			'Thread ID': thread,
			'First Name': 'Ada',
			Result: '',
		}));
	};
	const run = async () => {
		const example = withSheet(await readExample('whatsapp-campaign', lab.credential), sheet);
		const workflow = await lab.rest.createWorkflow(example);
		const id = await lab.rest.runManually(workflow, { trigger: 'When I Want To' });
		return await lab.rest.waitForEnd(id);
	};
	const results = () => sheet.rows.map(({ Result }) => Result);
	const TEXT = expect.stringMatching(/^workflow: Hello Ada, our winter sale/);

	it('writes to everybody once: a text, or the template where the window is closed', async () => {
		fill(THREADS.whatsappOpen, Number(THREADS.whatsappClosed));
		expect((await run()).status).toBe('success');
		expect(results()).toEqual([
			expect.stringMatching(/^Sent as text, \d{4}-\d\d-\d\d \d\d:\d\d$/),
			expect.stringMatching(/^Sent as template, /),
		]);
		expect((await run()).status).toBe('success');
		expect(written(lab.sandbox, THREADS.whatsappOpen)).toEqual([TEXT]);
		expect(written(lab.sandbox, THREADS.whatsappClosed)).toEqual([
			`workflow: ${TEMPLATES.stillInterested}`,
		]);
	});

	it('takes 100 rows at a time', async () => {
		const threads = Array.from({ length: 101 }, () => lab.sandbox.addThread().id);
		fill(...threads);
		await run();
		expect(results().filter((result) => result === '')).toHaveLength(1);
		await run();
		expect(threads.map((thread) => written(lab.sandbox, thread))).toEqual(
			threads.map(() => [TEXT]),
		);
	});

	it('leaves out who opted out, also when a result is emptied', async () => {
		fill(THREADS.whatsappOpen, THREADS.sms);
		Object.assign(sheet.rows[0] ?? {}, { 'Opted Out': '2026-01-15 10:30' });
		expect((await run()).status).toBe('success');
		expect(results()).toEqual(['', expect.stringMatching(/^Sent as text/)]);
		expect(written(lab.sandbox, THREADS.whatsappOpen)).toEqual([]);
		expect(written(lab.sandbox, THREADS.sms)).toEqual([TEXT]);
	});

	it('notes why a customer could not be written to, and goes on with the others', async () => {
		fill(THREADS.otherUsers, '', THREADS.whatsappOpen);
		expect((await run()).status).toBe('success');
		expect(results()).toEqual([
			expect.stringContaining(`Thread ${THREADS.otherUsers} does not exist`),
			expect.stringContaining("'Thread ID' is empty"),
			expect.stringMatching(/^Sent as text/),
		]);
	});

	it('does not write again to a customer of whom it is not known, until somebody says so', async () => {
		fill(THREADS.whatsappOpen);
		lab.sandbox.faults.add({ route: SEND, kind: 'answerLost' });
		await run();
		expect(results()).toEqual([expect.stringContaining('It is not known')]);
		await run();
		expect(written(lab.sandbox, THREADS.whatsappOpen)).toEqual([TEXT]);
		fill(THREADS.whatsappOpen);
		await run();
		expect(written(lab.sandbox, THREADS.whatsappOpen)).toEqual([TEXT, TEXT]);
	});
});
