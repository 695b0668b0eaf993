import { readResponse } from '../../../nodes/Instaply/api/readResponse';
import { tokenRedaction } from '../../../nodes/Instaply/api/redaction';

const TOKEN = 'tok-1234567890';
const contentOf = (body: string) =>
	readResponse({ status: 200, headers: {}, body }, tokenRedaction(TOKEN)).content;

describe('readResponse', () => {
	it('keeps status and headers', () => {
		const headers = { 'retry-after': '7' };
		const response = readResponse({ status: 429, headers, body: '' }, tokenRedaction(TOKEN));
		expect(response).toEqual({ status: 429, headers, content: null });
	});

	it.each([
		['', null],
		['null', null],
		['{"result":"ok"}', { result: 'ok' }],
		['[1,true]', [1, true]],
		['"OK"', 'OK'],
		['OK', 'OK'],
		['{"result":', '{"result":'],
		['<html>', '<html>'],
	])('reads %j', (body, content) => {
		expect(contentOf(body)).toEqual(content);
	});

	it('cuts the token out of JSON and text', () => {
		expect(contentOf(`{"as":"${TOKEN}"}`)).toEqual({ as: '…' });
		expect(contentOf(`as ${TOKEN}`)).toBe('as …');
	});

	it.each([33, 100_000])('keeps JSON of %d levels as text', (depth) => {
		const body = `${'['.repeat(depth)}"${TOKEN}"${']'.repeat(depth)}`;
		const content = contentOf(body);
		expect(content).toMatch(/^\[\[\[/);
		expect(content).not.toContain(TOKEN);
		expect(String(content).length).toBeLessThanOrEqual(10_001);
	});

	it('keeps JSON as text that is longer than any of Instaply', () => {
		expect(contentOf(`["${'a'.repeat(10_000_000)}"]`)).toBe(`["${'a'.repeat(9_998)}…`);
	});

	it('shortens texts, also as JSON, and leaves no half of the token at the end', () => {
		const text = 'a'.repeat(10_000);
		expect(contentOf(text)).toBe(text);
		expect(contentOf(`${text}b`)).toBe(`${text}…`);
		expect(contentOf(`"${text}b"`)).toBe(`${text}…`);
		expect(contentOf(`${text.slice(7)}${TOKEN}`)).toBe(`${text.slice(7)}…`);
	});
});
