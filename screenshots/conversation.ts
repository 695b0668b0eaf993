import { readExample } from '../lab/examples';
import type { Lab } from '../lab/lab';
import { callAsShop, createShopKey } from '../lab/shop';
import { THREADS } from '../sandbox/server';
import { waitUntil } from '../tools/process/wait';
import type { Picture } from './picture';

const THREAD = THREADS.sms;

/** A workflow asks about an appointment, and goes on when the customer has answered. */
async function converse({ sandbox, rest, n8nUrl, publish, unpublish }: Lab): Promise<void> {
	const workflow = await publish(
		await readExample('confirm-appointment', await createShopKey(rest)),
	);
	await callAsShop(n8nUrl, workflow, { customerThreadId: THREAD, time: 'Friday, 10:00' });
	const waiting = { workflowId: workflow.id, status: ['waiting' as const] };
	const isWaiting = async () => (await rest.executions(waiting)).length === 1;
	await waitUntil(isWaiting, { what: 'the workflow to wait' });
	await sandbox.customerWrites(THREAD, 'Yes!');
	await rest.waitForExecution({ workflowId: workflow.id });
	await sandbox.settled();
	await unpublish(workflow);
}

/** The sandbox's page as wide as a README, after a workflow has asked and got its answer. */
export const conversationPicture: Picture = {
	name: 'conversation',
	async take({ lab, browser }) {
		const page = await browser.newPage({
			viewport: { width: 860, height: 776 },
			deviceScaleFactor: 1.6,
			locale: 'en-GB',
		});
		await page.goto(`${lab.sandbox.url}/#${THREAD}`);
		await converse(lab);
		const log = page.getByRole('log');
		await log.getByText('Thank you, see you then!').waitFor();
		await log.getByText('n8n no longer waits').waitFor();
		const picture = await page.screenshot({ animations: 'disabled' });
		await page.close();
		return picture;
	},
};
