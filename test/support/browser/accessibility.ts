import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/**
 * Checks the page with axe, against WCAG 2.2 AA and good practice.
 *
 * @returns violations, and what axe cannot judge, such as the contrast of what is scrolled out of view
 */
export async function checkAccessibility(
	page: Page,
): Promise<{ violations: string[]; undecided: string[] }> {
	const axe = new AxeBuilder({ page }).withTags([...WCAG, 'best-practice']);
	const { violations, incomplete } = await axe.analyze();
	const list = (results: typeof violations) =>
		results.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
	return { violations: list(violations), undecided: list(incomplete) };
}
