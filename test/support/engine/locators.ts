/** A choice of n8n's resource locator, such as of a template or of a webhook. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byTitle = (value: string) => ({ __rl: true, mode: 'name', value });
/** From a list, n8n keeps the label as well. */
export const fromList = (value: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName: 'Any',
});
