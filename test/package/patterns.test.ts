/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import * as regexp from 'eslint-plugin-regexp';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

import { filesBelow, ROOT } from '../support/package/files';

/*
 * A pattern that tries again and again lets one long text stop n8n. Which patterns do can be read off
 * them; what else takes time is in test/unit/linear.test.ts. The repository's own configuration of
 * ESLint has to stay as n8n demands.
 */

const eslint = new ESLint({
	overrideConfigFile: true,
	allowInlineConfig: false,
	overrideConfig: {
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': [
				'error',
				{ report: 'potential', ignorePartial: false, ignoreSticky: false },
			],
		},
	},
});

/** @returns the lines with such a pattern, without what their types are */
async function slowPatternsIn(source: string): Promise<string[]> {
	const { outputText } = transpileModule(source, {
		compilerOptions: { target: ScriptTarget.ES2022, module: ModuleKind.ESNext },
	});
	const lines = outputText.split('\n');
	const [result] = await eslint.lintText(outputText);
	// A message names all characters of the text that takes so long.
	return (result?.messages ?? []).map(
		({ line, message }) => `${lines[line - 1]?.trim()} // ${message.slice(0, 100)}`,
	);
}

describe.each(['nodes', 'credentials'])('The patterns in %s', (folder) => {
	it('take time that grows with the length of a text and no faster', async () => {
		const files = await filesBelow(join(ROOT, folder));
		const sources = files.filter((file) => file.endsWith('.ts'));
		expect(sources).not.toEqual([]);
		const slow: Record<string, string[]> = {};
		for (const file of sources) {
			const found = await slowPatternsIn(await readFile(join(ROOT, folder, file), 'utf8'));
			if (found.length > 0) slow[file] = found;
		}
		expect(slow).toEqual({});
	}, 60_000);
});

describe('A pattern is found', () => {
	it.each([
		['text.replace(/-+$/, "")', 'that tries again at each sign'],
		['/^[^@]+@[^@]+\\.[^@]+$/.test(text)', 'that can divide a text'],
		['/\\{\\{.*\\}\\}/s.test(text)', 'that looks for an end from each beginning'],
		['/^(a+)+$/.test(text)', 'that takes a text apart in every way'],
		['new RegExp("\\\\s+$").test(text)', 'that is a string'],
		['/\\s*$/y.test(text) // eslint-disable-line', 'where a comment would allow it'],
	])('%s, %s', async (code) => {
		const source = `export const run = (text: string): unknown => ${code};`;
		expect(await slowPatternsIn(source)).toHaveLength(1);
	});

	it.each(['/^-+/.test(text)', '/\\s+/g.test(text)', '/[a-z]@/.test(text)'])(
		'but not %s',
		async (code) => {
			expect(await slowPatternsIn(`export const run = (text: string) => ${code};`)).toEqual([]);
		},
	);
});
