import type { RegisteredWebhook } from '../../../../nodes/Instaply/api/responses';
import { InstaplyError } from '../../../../nodes/Instaply/common/InstaplyError';
import { closeReception } from '../../../../nodes/Instaply/replies/reception/lifecycle';
import { ticketToQuery } from '../../../../nodes/Instaply/replies/resumeTicket';

const TRIGGER = 'https://n8n.example/webhook/1/webhook';
const MINUTE = 60_000;

const reception: RegisteredWebhook = {
	webhookId: 'reception',
	url: `${TRIGGER}?instaplyQuestions=0123456789abcdef`,
	enabled: true,
};

/** A question to which Instaply does not deliver. */
function question(webhookId: string, age: number, origin = 'https://n8n.example') {
	const now = Date.now();
	const fingerprint = webhookId.padStart(64, '0');
	const ticket = { customerThreadId: '1', fingerprint, since: now - age, until: now + MINUTE };
	const query = new URLSearchParams(ticketToQuery(ticket)).toString();
	return { webhookId, url: `${origin}/webhook-waiting/7/a?${query}`, enabled: false };
}

/** Unpublishes a trigger. @returns what it does at Instaply, in order */
async function closed(
	webhooks: RegisteredWebhook[],
	{
		leaving = [reception.webhookId],
		listens = false as boolean | 'not said',
		refuses = false,
	} = {},
) {
	const done: string[] = [];
	const instaply = {
		accountKey: 'account',
		webhooks: async () => {
			done.push('list');
			return [];
		},
		updateWebhook: async (webhookId: string, { enabled }: { enabled?: boolean }) => {
			if (refuses) throw new InstaplyError('No', { description: '' });
			done.push(`${enabled ? 'enable' : 'announce to'} ${webhookId}`);
		},
	};
	const change = async () => void done.push('change');
	await closeReception(
		instaply,
		TRIGGER,
		async () => (listens === 'not said' ? undefined : listens),
		webhooks,
		leaving,
		change,
	);
	return done;
}

describe('Unpublishing a trigger', () => {
	it('enables the newest questions first, and all of them before its webhook goes', async () => {
		const webhooks = [
			reception,
			question('old', 3 * MINUTE),
			question('newest', MINUTE),
			question('newer', 2 * MINUTE),
		];
		expect(await closed(webhooks)).toEqual([
			'enable newest',
			'enable newer',
			'enable old',
			'change',
			'list',
		]);
	});

	it('leaves its webhook when a question could not be enabled', async () => {
		const closing = closed([reception, question('one', MINUTE)], { refuses: true });
		await expect(closing).rejects.toThrow('No');
	});

	it('enables none of another n8n', async () => {
		const webhooks = [reception, question('one', MINUTE, 'https://other.example')];
		expect(await closed(webhooks)).toEqual(['change', 'list']);
	});

	it.each<[string, boolean | 'not said', string[]]>([
		['enables them when no other listens', false, ['change', 'enable one']],
		['leaves them to another that listens', true, ['change']],
		['leaves them when n8n does not say whether another listens', 'not said', ['change']],
	])('that did not forward %s', async (_, listens, done) => {
		const webhooks = [reception, question('one', MINUTE)];
		expect(await closed(webhooks, { leaving: [], listens })).toEqual(done);
	});
});
