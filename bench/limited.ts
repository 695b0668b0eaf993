/* eslint-disable no-console */
import { startLab, type OwnLab } from '../lab/lab';
import { progressWhenFirstEnded } from './progress';
import { rounded } from './rounds';
import { prepare, type Sending } from './run';
import { PRESET } from './variants';

const TO_REACH = 1.3;
const THREADS_EACH = 25;

interface Limited {
	packageTarball: string;
	/** Of one execution; two share them. */
	items: number;
	/** How many requests the sandbox allows. */
	perSecond: number;
}

/** An Instaply that refuses with 429 what comes beyond a limit: one execution, and two at once. */
export async function runLimited({ packageTarball, items, perSecond }: Limited): Promise<void> {
	const lab = await startLab({ packageTarball, sandboxOptions: { requestsPerSecond: perSecond } });
	try {
		const sendings = async (count: number) =>
			await Promise.all(
				Array.from(
					{ length: count },
					async () => await prepare(PRESET, lab, items / count, THREADS_EACH),
				),
			);
		const rows = {
			'one execution': await runTogether(lab, await sendings(1), items, perSecond),
			'two at once': await runTogether(lab, await sendings(2), items, perSecond),
		};
		console.log(
			`\n${items} items, ${perSecond} requests a second allowed, over ${THREADS_EACH} threads an execution (to reach: nothing lost, at most ${TO_REACH} of the time that the limit allows)`,
		);
		console.table(rows);
	} finally {
		await lab.close();
	}
}

async function runTogether(
	{ sandbox }: OwnLab,
	sendings: Sending[],
	items: number,
	perSecond: number,
) {
	sandbox.clearRecords();
	const ids = await Promise.all(sendings.map(async (sending) => await sending.execute()));
	const times = await Promise.all(
		sendings.map(async (sending, index) => await sending.nodeMs(ids[index] ?? '')),
	);
	const messages = sendings.map(({ threads }) =>
		threads.flatMap((thread) => sandbox.conversation(thread)),
	);
	for (const sending of sendings) await sending.remove();
	const arrived = messages.map((own) => new Set(own.map(({ body }) => body)).size);
	const unique = arrived.reduce((sum, count) => sum + count, 0);
	const seconds = Math.max(...times) / 1000;
	// The first ones go out at once, and as many each second after that.
	const allowed = Math.ceil(items / perSecond) - 1;
	const refused = sandbox.requests().filter(({ status }) => status === 429).length;
	const progress = progressWhenFirstEnded(
		messages.map((own) => own.map(({ timestamp }) => timestamp)),
	);
	return {
		's of the node': rounded(seconds),
		's that the limit allows': allowed,
		ratio: rounded(seconds / allowed),
		lost: items - unique,
		'sent twice': messages.flat().length - unique,
		'refused by Instaply': refused,
		'done when the first one ended': sendings.length > 1 ? `${Math.round(progress * 100)} %` : '',
	};
}
