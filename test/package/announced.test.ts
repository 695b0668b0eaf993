/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../nodes/Instaply/InstaplyTrigger.node';
import { filesBelow, ROOT } from '../support/package/files';

/*
 * Rules that are in n8n's repository, but in no published linter yet; each by its name there.
 */

const NODES = ['Instaply', 'InstaplyTrigger'];
const CATEGORIES = [
	...['Data & Storage', 'Finance & Accounting', 'Marketing & Content', 'Productivity', 'Sales'],
	...['Miscellaneous', 'Development', 'Analytics', 'Communication', 'Utility'],
];
/** Fields that are empty until somebody fills them in. */
const OPEN_ENDED = ['string', 'json', 'dateTime', 'color'];

const descriptions = [new Instaply().description, new InstaplyTrigger().description];

const read = async (file: string) => await readFile(join(ROOT, file), 'utf8');

describe.each(NODES)('The codex of %s', (node) => {
	const readCodex = async () => JSON.parse(await read(`nodes/Instaply/${node}.node.json`));

	it('names the node and not one of n8n', async () => {
		expect(await readCodex()).toMatchObject({
			node: `n8n-nodes-instaply.${node.charAt(0).toLowerCase()}${node.slice(1)}`,
			nodeVersion: '1.0',
			codexVersion: '1.0',
		});
	});

	it('has categories for community nodes (valid-node-categories, no-ai-codex-category, no-logic-or-flow-nodes)', async () => {
		const { categories } = await readCodex();
		expect(categories.length).toBeGreaterThan(0);
		expect(CATEGORIES).toEqual(expect.arrayContaining(categories));
	});

	it('has no subcategories (no-codex-subcategories)', async () => {
		expect(await readCodex()).not.toHaveProperty('subcategories');
	});
});

describe.each(descriptions)('The node $name', ({ name, credentials, properties }) => {
	it('uses one credential (single-credential-per-node)', () => {
		expect(credentials).toMatchObject([{ name: 'instaplyApi' }]);
	});

	it('asks for texts that may stay empty in collections only (open-ended-node-fields)', () => {
		const optional = properties.filter(({ required }) => required !== true);
		expect(optional.filter(({ type }) => OPEN_ENDED.includes(type))).toEqual([]);
	});

	it('has short hints (hint-max-length)', () => {
		const hints = [...JSON.stringify(properties).matchAll(/"hint":"((?:[^"\\]|\\.)*)"/g)];
		for (const [, hint = ''] of hints) expect(hint.length).toBeLessThanOrEqual(120);
	});

	it('leaves requests to functions (prefer-declarative-style)', async () => {
		const file = `${name.charAt(0).toUpperCase()}${name.slice(1)}.node.ts`;
		expect(await read(`nodes/Instaply/${file}`)).not.toMatch(/helpers|httpRequest/);
	});
});

describe('The package', () => {
	it('has one credential', async () => {
		expect(await filesBelow(join(ROOT, 'credentials'))).toEqual(['InstaplyApi.credentials.ts']);
	});

	it('is a repository of its own (no-monorepo)', async () => {
		expect(JSON.parse(await read('package.json')).repository).not.toHaveProperty('directory');
	});

	it('has no ID written into a node (no-hardcoded-ids)', async () => {
		for (const file of await filesBelow(join(ROOT, 'nodes'))) {
			expect(await read(`nodes/${file}`)).not.toMatch(
				/\b(partner|account|tenant|customer|client)Id\s*[:=]\s*['"`\d]/i,
			);
		}
	});

	it.each([
		['instaply.svg', '#ffffff'],
		['instaply.dark.svg', '#2b2b2b'],
	])('has an icon %s that stands out from %s (icon-contrast)', async (icon, background) => {
		const text = await read(`icons/${icon}`);
		expect(text).not.toMatch(/currentColor|<image|<script|href=/);
		const colours = [...text.matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/gi)].map(
			([, hex = '']) => hex,
		);
		const [body = ''] = colours;
		expect(contrast(body, background)).toBeGreaterThanOrEqual(1.5);
		expect(text).toMatch(/viewBox="0 0 (\d+) \1"/);
	});
});

/** The contrast of two colours as WCAG defines it: 1 (none) to 21. */
function contrast(one: string, other: string): number {
	const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5]
		.map((start) => parseInt(hex.slice(start, start + 2), 16) / 255)
		.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
