/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

import type { CleanUp } from '../../tools/process/cleanUp';

/*
 * What n8n itself costs: nodes that do no more than ours cannot do without. n8n loads them from a
 * folder of their own, beside our package.
 */

export const BARE = 'CUSTOM.bare';
export const BARE_TRIGGER = 'CUSTOM.bareTrigger';

/** @returns the environment in which n8n has the bare nodes */
export async function bareNodes(cleanUp: CleanUp): Promise<Record<string, string>> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-instaply-bare-'));
	cleanUp.add(async () => await rm(folder, { recursive: true, force: true }));
	await build({
		// n8n takes the name of the class from that of the file.
		entryPoints: ['Bare', 'BareTrigger'].map((name) => ({
			in: join(__dirname, `${name}.ts`),
			out: `${name}.node`,
		})),
		format: 'cjs',
		outdir: folder,
		platform: 'node',
	});
	return { N8N_CUSTOM_EXTENSIONS: folder };
}
