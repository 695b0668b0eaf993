/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'microsoft-edge',
];
const MAC_APPLICATIONS = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = [
	'Chromium\\Application\\chrome.exe',
	'Google\\Chrome\\Application\\chrome.exe',
	'Microsoft\\Edge\\Application\\msedge.exe',
];

/** The end of a sentence that begins with "there is". */
export const NO_BROWSER = 'no Chromium, Chrome or Edge here (install one, or set CHROMIUM_PATH)';

/**
 * Where the Chromium of this machine is, or a relative of it: what `CHROMIUM_PATH` says, or else
 * the first one at the usual places. Null when there is none.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
	if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
	const onPath = (env.PATH ?? '')
		.split(delimiter)
		.flatMap((folder) => NAMES.map((name) => join(folder, name)));
	const onMac = MAC_APPLICATIONS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
	const onWindows = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA]
		.filter((folder) => folder !== undefined)
		.flatMap((folder) => WINDOWS_PROGRAMS.map((program) => join(folder, program)));
	return [...onPath, ...onMac, ...onWindows].find((path) => existsSync(path)) ?? null;
}

/** Starts the browser that `findChromium` finds, without a window. Rejects when there is none. */
export async function launchChromium(): Promise<Browser> {
	const executablePath = findChromium();
	if (executablePath === null) throw new Error(`There is ${NO_BROWSER}`);
	return await chromium.launch({ executablePath });
}
