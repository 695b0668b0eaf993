/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { buildStage } from '../demo/stage';
import { startSandbox } from '../sandbox/server';
import { launchChromium } from '../tools/browser/chromium';
import { Editor } from '../tools/n8n/editor';
import { examplePictures } from './examples';
import { panelPictures } from './panels';
import { sandboxPicture } from './sandbox';
import type { Picture } from './studio';

const IMAGES = join(__dirname, '..', '.github', 'images');
/** Sharp enough for a screen of today, and no picture is wider than 1400 pixels. */
const SCALE = 1.25;

const pictures: Picture[] = [sandboxPicture, ...examplePictures(), ...panelPictures];

/** Renews the pictures of the documentation, or only those that are named. */
async function main(names: string[]): Promise<void> {
	const wanted = pictures.filter(({ name }) => names.length === 0 || names.includes(name));
	const sandbox = await startSandbox();
	const undos: Array<() => Promise<unknown>> = [async () => await sandbox.close()];
	try {
		const stage = await buildStage(sandbox, console.log, (undo) => undos.unshift(undo));
		const browser = await launchChromium();
		undos.unshift(async () => await browser.close());
		const editor = await Editor.open(browser, stage.n8n.url, { deviceScaleFactor: SCALE });
		for (const { name, take } of wanted) {
			const picture = await take({ stage, browser, editor });
			await writeFile(join(IMAGES, `${name}.png`), picture);
			console.log(`${name}.png, ${Math.round(picture.length / 1024)} KB`);
		}
	} finally {
		for (const undo of undos) await undo();
	}
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
