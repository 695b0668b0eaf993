import { fingerprintOf } from '../../../../nodes/Instaply/common/fingerprint';
import {
	asReceived,
	byAge,
	canForward,
	readQuestion,
} from '../../../../nodes/Instaply/replies/reception/registeredQuestion';
import { ticketToQuery } from '../../../../nodes/Instaply/replies/resumeTicket';

const SECRET = 'a'.repeat(64);
const TRIGGER = 'https://n8n.example.com/webhook/5f/webhook';
const ticket = { customerThreadId: '1', fingerprint: fingerprintOf(SECRET), since: 1, until: 2 };
const url = `https://n8n.example.com/webhook-waiting/7/node?${new URLSearchParams(ticketToQuery(ticket))}`;
const HEADER = { name: 'X-N8N-Trigger-Secret', value: SECRET };

const forwardable = (...extraHeaders: Array<{ name: string; value: string }>) => {
	const question = readQuestion({ webhookId: '5', url, extraHeaders });
	return question !== undefined && canForward(TRIGGER, question);
};

describe('A question in a list of webhooks', () => {
	it('is read with its ticket, and enabled unless Instaply says that it is not', () => {
		const question = { webhookId: '5', url, headers: [], ticket };
		expect(readQuestion({ webhookId: '5', url })).toEqual({ ...question, isEnabled: true });
		expect(readQuestion({ webhookId: '5', url, enabled: false })).toEqual({
			...question,
			isEnabled: false,
		});
	});

	it.each([undefined, '', TRIGGER, url.replace('instaplyKey', 'key')])('is not %s', (other) => {
		expect(readQuestion({ webhookId: '5', url: other })).toBeUndefined();
	});

	it('can be forwarded to when Instaply shows its secret, among others or not', () => {
		expect(forwardable(HEADER)).toBe(true);
		expect(forwardable({ ...HEADER, value: 'old' }, HEADER)).toBe(true);
	});

	it('cannot when the secret is masked, another one, or not shown', () => {
		expect(forwardable({ ...HEADER, value: '********' })).toBe(false);
		expect(forwardable({ ...HEADER, value: 'b'.repeat(64) })).toBe(false);
		expect(forwardable()).toBe(false);
	});
});

describe('Headers', () => {
	it('of one name are received as one', () => {
		const headers = [HEADER, { name: 'x-other', value: '1' }, { ...HEADER, value: 'b' }];
		expect(asReceived(headers)).toEqual({
			'x-n8n-trigger-secret': `${SECRET}, b`,
			'x-other': '1',
		});
	});
});

describe('Of two questions', () => {
	const at = (since: number, fingerprint: string) => ({
		ticket: { ...ticket, since, fingerprint },
	});

	it('the one that was asked later is the newer', () => {
		expect(byAge(at(2, 'a'), at(1, 'b'))).toBeGreaterThan(0);
		expect(byAge(at(1, 'b'), at(2, 'a'))).toBeLessThan(0);
	});

	it('of the same moment, everybody takes the same one for the newer', () => {
		expect(byAge(at(1, 'a'), at(1, 'b'))).toBe(-byAge(at(1, 'b'), at(1, 'a')));
		expect(byAge(at(1, 'a'), at(1, 'a'))).toBe(0);
	});
});
