/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { join } from 'node:path';

import { scenes } from '../../demo/scenes';
import { buildStage } from '../../demo/stage';
import { startSandbox, THREADS, type Sandbox } from '../../sandbox/server';
import { launchChromium } from '../browser';
import { waitUntil } from '../wait';

const PICTURE = join(__dirname, '..', '..', '.github', 'images', 'sandbox.png');
const THREAD = THREADS.whatsappOpen;

/** A conversation in which the workflow of the first scene answers, then an employee. */
async function converse(sandbox: Sandbox): Promise<void> {
	const route = 'POST /api/update-thread-status';
	const ask = async (question: string) => {
		const before = sandbox.requests({ route }).length;
		await sandbox.customerWrites(THREAD, question);
		const isDone = () => sandbox.requests({ route }).length > before;
		await waitUntil(isDone, { what: 'the end of the workflow' });
	};
	await ask('Hello, where is my order 815?');
	await ask('Can I pick it up at the store instead?');
	await sandbox.employeeWrites(THREAD, { text: 'Shelf 12, until Saturday', internal: true });
	await sandbox.employeeWrites(THREAD, 'Of course! It waits for you there until Saturday.');
	await sandbox.settled();
}

/** Renews the picture of the sandbox's page: a real n8n plays the scenes of the demo. */
async function main(): Promise<void> {
	const sandbox = await startSandbox();
	const undos: Array<() => Promise<unknown>> = [async () => await sandbox.close()];
	try {
		const stage = await buildStage(sandbox, console.log, (undo) => undos.unshift(undo));
		const browser = await launchChromium();
		undos.unshift(async () => await browser.close());
		const page = await browser.newPage({
			viewport: { width: 1280, height: 800 },
			deviceScaleFactor: 1.5,
			locale: 'en-GB',
		});
		await page.goto(`${sandbox.url}/#${THREAD}`);
		for (const { play } of scenes) await play(stage, console.log);
		await converse(sandbox);
		await page.getByRole('log').getByText('until Saturday.').waitFor();
		await page.screenshot({ path: PICTURE });
		console.log(PICTURE);
	} finally {
		for (const undo of undos) await undo();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
