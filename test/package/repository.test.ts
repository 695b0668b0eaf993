/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { join } from 'node:path';

import { runScript } from '../support/package/command.cjs';
import { ROOT } from '../support/package/files';

/*
 * What holds for the repository as a whole.
 */

const run = async (script: string, ...args: string[]) => {
	const { code, output } = await runScript(join(ROOT, 'node_modules', script), args, ROOT);
	return { code, output: output.trim() };
};

it('Nothing is exported, installed or kept as a file that nobody uses, and no imports go in circles', async () => {
	const found = await run('knip/bin/knip.js', '--no-progress');
	expect(found).toEqual({ code: 0, output: '' });
	expect(await run('knip/bin/knip.js', '--no-progress', '--include', 'cycles')).toEqual({
		code: 0,
		output: '',
	});
}, 60_000);

it('Every file is formatted, with its imports sorted', async () => {
	const found = await run('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.');
	expect(found).toEqual({ code: 0, output: '' });
}, 120_000);
