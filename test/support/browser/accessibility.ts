import type { Page } from 'playwright-core';

/** Roles of what a user operates, as a snapshot of the accessibility tree names them. */
const OPERATED =
	/^\s*- (button|checkbox|combobox|dialog|link|log|navigation|switch|textbox)\b(?! ")/;

/** What a user operates on the page, but no screen reader can name. */
export async function nameless(page: Page): Promise<string[]> {
	const snapshot = await page.locator('body').ariaSnapshot();
	return snapshot.split('\n').filter((line) => OPERATED.test(line));
}
