import { resumeInSame, resumesIn } from '../../../nodes/Instaply/n8n/address';

const TRIGGER = 'https://n8n.example.com/webhook/5f0e/webhook?instaplyQuestions=1';
const RESUME = 'https://n8n.example.com/webhook-waiting/17/node?signature=1';

describe('A URL resumes executions of the n8n of a trigger', () => {
	it.each([
		['with the ID of a node', TRIGGER, RESUME],
		['without one', TRIGGER, 'https://n8n.example.com/webhook-waiting/17?signature=1/node'],
		['for a trigger without an ID', 'https://n8n.example.com/webhook/w/name/webhook', RESUME],
		['at another endpoint', TRIGGER, 'https://n8n.example.com/waiting/17/node'],
		[
			'below a path',
			'https://example.com/n8n/webhook/5f0e/webhook',
			'https://example.com/n8n/webhook-waiting/17/node',
		],
	])('%s', (_, trigger, url) => {
		expect(resumesIn(trigger, url)).toBe(true);
	});

	it.each([
		['of another host', 'https://evil.example.com/webhook-waiting/17/node'],
		['of another port', 'https://n8n.example.com:444/webhook-waiting/17/node'],
		['without TLS', 'http://n8n.example.com/webhook-waiting/17/node'],
		['of an n8n below this one', 'https://n8n.example.com/other/webhook-waiting/17/node'],
		['with the host as a user', 'https://n8n.example.com@evil.example.com/webhook-waiting/17/node'],
		['of something else in this n8n', 'https://n8n.example.com/rest/workflows'],
		['of a webhook', 'https://n8n.example.com/webhook/5f0e/webhook'],
		['that is none', 'webhook-waiting/17'],
	])('but not one %s', (_, url) => {
		expect(resumesIn(TRIGGER, url)).toBe(false);
	});

	it('but not one above the path of this n8n', () => {
		const trigger = 'https://example.com/a/b/n8n/webhook/5f0e/webhook';
		expect(resumesIn(trigger, 'https://example.com/webhook-waiting/17/node')).toBe(false);
	});
});

describe('Two URLs resume executions of the same n8n', () => {
	it('when they begin alike', () => {
		expect(resumeInSame(RESUME, 'https://n8n.example.com/webhook-waiting/18/other')).toBe(true);
	});

	it.each(['https://n8n.example.com/n8n/webhook-waiting/18/other', 'https://n8n.example.com/', ''])(
		'but not with %s',
		(url) => {
			expect(resumeInSame(RESUME, url)).toBe(false);
			expect(resumeInSame(url, RESUME)).toBe(false);
			expect(resumeInSame(url, url)).toBe(url.includes('waiting'));
		},
	);
});
