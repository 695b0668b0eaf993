/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { findChromium, launchChromium, NO_BROWSER } from '../../../tools/browser/chromium';

/** Like `describe`; says that it is skipped, and why, on a machine without a browser. */
export function describeInBrowser(name: string, tests: () => void): void {
	if (findChromium() !== null) return describe(name, tests);
	process.stderr.write(`Skipped: ${name}, because there is ${NO_BROWSER}.\n`);
	return describe.skip(name, tests);
}

/**
 * One browser for the tests of a `describe`, and a page for each of them. A test fails when its
 * page throws, or breaks its own Content-Security-Policy, or asks for what is not there.
 */
export function usePages(): { open(url: string): Promise<Page> } {
	let browser: Browser;
	let context: BrowserContext;
	let problems: string[];
	beforeAll(async () => {
		browser = await launchChromium();
	}, 60_000);
	beforeEach(async () => {
		problems = [];
		context = await browser.newContext({ locale: 'en-GB' });
		context.setDefaultTimeout(20_000);
	});
	afterEach(async () => {
		await context.close();
		expect(problems).toEqual([]);
	});
	afterAll(async () => await browser.close());

	return {
		async open(url) {
			const page = await context.newPage();
			page.on('pageerror', (error) => problems.push(error.message));
			page.on('console', (message) => {
				// The browser reports every refused or interrupted request; some tests want them.
				const isNetwork = message.text().startsWith('Failed to load resource');
				if (['error', 'warning'].includes(message.type()) && !isNetwork) {
					problems.push(message.text());
				}
			});
			await page.goto(url);
			await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
			return page;
		},
	};
}
