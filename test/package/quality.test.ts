/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { InstaplyApi } from '../../credentials/InstaplyApi.credentials';
import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../nodes/Instaply/InstaplyTrigger.node';
import { resources } from '../../nodes/Instaply/operations';
import { ROOT } from '../support/package/files';

/*
 * docs/quality.md, and the rules that nothing else holds.
 */

const read = async (file: string) => await readFile(join(ROOT, file), 'utf8');

/** A rule of the page, with its state and the test that holds it. */
interface Rule {
	rule: string;
	state: string;
	heldBy: string;
}

async function rules(): Promise<Rule[]> {
	const rows = (await read('docs/quality.md')).split('\n').filter((line) => line.startsWith('|'));
	return rows
		.map((row) => row.split('|').map((cell) => cell.trim()))
		.map(([, rule = '', state = '', heldBy = '']) => ({ rule, state, heldBy }))
		.filter(({ rule, state }) => rule !== 'Rule' && !state.startsWith('---'));
}

describe('The page of rules', () => {
	it('has one line for each, with its state', async () => {
		const all = await rules();
		expect(all.length).toBeGreaterThanOrEqual(50);
		expect(new Set(all.map(({ rule }) => rule)).size).toBe(all.length);
		for (const { rule, state } of all) {
			expect({ rule, state }).toEqual({
				rule,
				state: expect.stringMatching(/^(done(: .+)?|(exempt|todo): .{20,})$/),
			});
		}
	});

	it('names a test for what is done, unless it says who looks at it', async () => {
		const done = (await rules()).filter(({ state }) => state.startsWith('done'));
		const others = done.filter(({ heldBy }) => heldBy === '').map(({ state }) => state);
		expect(others).toEqual(['done: by review', 'done: in the README']);
	});

	it('names tests that exist', async () => {
		const held = (await rules()).filter(({ heldBy }) => heldBy !== '');
		for (const { rule, heldBy } of held) {
			const [, file = '', title = ''] =
				/^`(test\/[\w/.-]+\.test\.ts)`, "([^"]+)"$/.exec(heldBy) ?? [];
			expect({ rule, file }).not.toEqual({ rule, file: '' });
			const text = await read(file);
			const quoted = ["'", '"', '`'].some((quote) => text.includes(quote + title));
			expect({ rule, title, found: quoted }).toEqual({ rule, title, found: true });
		}
	});
});

const described = [
	new Instaply().description,
	new InstaplyTrigger().description,
	new InstaplyApi(),
];

/** All texts of one kind that the nodes and the credential show. */
function textsOf(kind: string): string[] {
	const found = JSON.stringify(described).matchAll(
		new RegExp(`"${kind}":"((?:[^"\\\\]|\\\\.)*)"`, 'g'),
	);
	return [...new Set([...found].map(([, text = '']) => text))];
}

const operations = resources.flatMap(({ option: resource, operations: all }) =>
	all.map(({ option }) => ({ resource, option })),
);

it('Every operation is named as n8n asks', () => {
	expect(operations.length).toBeGreaterThan(10);
	for (const { resource, option } of operations) {
		const { name, action = '', description = '' } = option;
		expect(name).not.toMatch(new RegExp(`\\b${resource.name}s?\\b`, 'i'));
		expect(action).toMatch(/^[A-Z][a-z]+ [a-z]*/);
		expect(action).not.toMatch(/\b(a|an|the)\b/i);
		expect(action.length).toBeGreaterThan(name.length);
		expect(description.length).toBeGreaterThan(action.length);
	}
});

it('Every placeholder is an example, or says what a click does', () => {
	const placeholders = textsOf('placeholder').filter((text) => text !== '');
	expect(placeholders.length).toBeGreaterThan(10);
	for (const text of placeholders) {
		expect(text).toMatch(/^(e\.g\. \S|Add [a-z]|Choose an? [a-z ]+\.\.\.$|name@email\.com$)/);
	}
});

it('The nodes and the README are in English', async () => {
	const french = /\b(vous|votre|nous|avec|pour|une|est|dans|sur|les)\b/i;
	for (const text of [...textsOf('description'), ...textsOf('hint'), ...textsOf('displayName')]) {
		expect(text).not.toMatch(french);
	}
	// What a customer answers may be in any language.
	const readme = (await read('README.md')).replace(/`[^`]*`/g, '');
	expect(readme.match(french)).toBeNull();
});

it('The script of the video fits into five minutes', async () => {
	const times = [
		...(await read('docs/demo-video.md')).matchAll(/^\| (\d):(\d\d) +\| (\d):(\d\d) /gm),
	];
	const spans = times
		.map(([, ...parts]) => parts.map(Number))
		.map(([minutes = 0, seconds = 0, endMinutes = 0, endSeconds = 0]) => ({
			from: minutes * 60 + seconds,
			until: endMinutes * 60 + endSeconds,
		}));
	expect(spans.length).toBeGreaterThan(5);
	expect(spans[0]?.from).toBe(0);
	for (const [index, { from, until }] of spans.entries()) {
		expect(until).toBeGreaterThan(from);
		expect(spans[index + 1]?.from ?? until).toBe(until);
	}
	expect(spans.at(-1)?.until).toBe(300);
});
