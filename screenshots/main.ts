/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startLab } from '../lab/lab';
import { launchChromium } from '../tools/browser/chromium';
import { Editor } from '../tools/n8n/editor';
import { CleanUp } from '../tools/process/cleanUp';
import { conversationPicture } from './conversation';
import { examplePictures } from './examples';
import { panelPictures } from './panels';
import type { Picture } from './picture';
import { sandboxPicture } from './sandbox';

const IMAGES = join(__dirname, '..', '.github', 'images');
/** Sharp enough for a screen of today, and no picture is wider than 1400 pixels. */
const SCALE = 1.25;

const pictures: Picture[] = [
	conversationPicture,
	sandboxPicture,
	...examplePictures(),
	...panelPictures,
];

/** Renews the pictures of the documentation, or only those that are named. */
async function main(names: string[]): Promise<void> {
	const wanted = pictures.filter(({ name }) => names.length === 0 || names.includes(name));
	const cleanUp = new CleanUp();
	try {
		const credentialName = 'Instaply sandbox';
		const lab = await startLab({ credentialName, onStep: console.log, cleanUp });
		const browser = await launchChromium();
		cleanUp.add(async () => await browser.close());
		const editor = await Editor.open(browser, lab.n8nUrl, { deviceScaleFactor: SCALE });
		for (const { name, take } of wanted) {
			const picture = await take({ lab, browser, editor });
			await writeFile(join(IMAGES, `${name}.png`), picture);
			console.log(`${name}.png, ${Math.round(picture.length / 1024)} KB`);
		}
	} finally {
		await cleanUp.run();
	}
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
