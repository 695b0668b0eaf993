/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { findChromium } from '../../../tools/browser/chromium';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-instaply-test-'));
	await writeFile(join(folder, 'google-chrome'), '');
});
afterEach(async () => await rm(folder, { recursive: true }));

it('finds a browser on the path', () => {
	const PATH = ['/nowhere', folder].join(delimiter);
	expect(findChromium({ PATH })).toBe(join(folder, 'google-chrome'));
});

it('uses the one it is given even when that does not exist, so that the mistake shows', () => {
	expect(findChromium({ PATH: folder, CHROMIUM_PATH: '/mine' })).toBe('/mine');
});
