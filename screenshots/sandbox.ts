import { scenes } from '../demo/scenes';
import { createShopKey } from '../lab/shop';
import { THREADS, type Sandbox } from '../sandbox/server';
import { waitUntil } from '../tools/process/wait';
import type { Picture } from './picture';

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

/** The sandbox's page, after the scenes of the demo were played. */
export const sandboxPicture: Picture = {
	name: 'sandbox',
	async take({ lab, browser }) {
		const { sandbox } = lab;
		const page = await browser.newPage({
			viewport: { width: 1280, height: 800 },
			deviceScaleFactor: 1.09,
			locale: 'en-GB',
		});
		await page.goto(`${sandbox.url}/#${THREAD}`);
		const shopKey = await createShopKey(lab.rest);
		for (const { play } of scenes) await play({ lab, shopKey }, () => {});
		await converse(sandbox);
		await page.getByRole('log').getByText('until Saturday.').waitFor();
		const picture = await page.screenshot({ animations: 'disabled' });
		await page.close();
		return picture;
	},
};
