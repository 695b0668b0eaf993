import type { OwnWaits } from '../../../nodes/Instaply/n8n/ownWaits';
import type { WaitStatus } from '../../../nodes/Instaply/n8n/webhookStatus';
import { takesReply } from '../../../nodes/Instaply/replies/openQuestions';
import type { RegisteredQuestion } from '../../../nodes/Instaply/replies/reception/registeredQuestion';

const HOUR_MS = 3_600_000;

const question = (id: number, until = Date.now() + HOUR_MS): RegisteredQuestion => ({
	webhookId: String(id),
	url: `https://n8n.example.com/webhook-waiting/${id}`,
	isEnabled: true,
	headers: [],
	ticket: { customerThreadId: '1', fingerprint: String(id), since: 0, until },
});

/** An n8n in which each question has become of the same. */
function n8n(status: WaitStatus) {
	const asked: string[] = [];
	const waits: OwnWaits = {
		owns: () => true,
		statusOf: async (url) => {
			asked.push(url);
			return status;
		},
	};
	return { waits, asked };
}

describe('A message that is the reply to some questions', () => {
	const listed = (questions: RegisteredQuestion[]) => async () => questions;

	it('is taken when one of them waits', async () => {
		const { waits } = n8n('waiting');
		expect(await takesReply([question(1)], waits, listed([]))).toBe(true);
	});

	it('is not taken when all have ended, and their webhooks were only left behind', async () => {
		const { waits } = n8n('orphaned');
		const questions = [question(1), question(2)];
		expect(await takesReply(questions, waits, listed(questions))).toBe(false);
	});

	it('was taken when a webhook has gone meanwhile', async () => {
		const { waits } = n8n('orphaned');
		expect(await takesReply([question(1), question(2)], waits, listed([question(2)]))).toBe(true);
	});

	it('is not taken for taken when Instaply does not say what has gone', async () => {
		const { waits } = n8n('orphaned');
		expect(await takesReply([question(1)], waits, async () => undefined)).toBe(false);
	});

	it('makes n8n say of no more than ten what has become of them', async () => {
		const { waits, asked } = n8n('orphaned');
		const questions = Array.from({ length: 50 }, (_, index) => question(index));
		expect(await takesReply(questions, waits, listed(questions))).toBe(false);
		expect(asked).toEqual(questions.slice(0, 10).map(({ url }) => url));
	});
});
