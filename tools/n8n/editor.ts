import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

import { waitUntil } from '../process/wait';
import { OWNER } from './rest';
import type { Workflow } from './types';

/** n8n marks what a user sees with these, and tests itself by them. */
const marked = (id: string) => `[data-test-id="${id}"]`;

/** n8n's editor in a browser, as its owner sees it. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Logs in. `url` of the instance, without a slash at the end. */
	static async open(
		browser: Browser,
		url: string,
		options: BrowserContextOptions = {},
	): Promise<Editor> {
		const context = await browser.newContext({ locale: 'en-GB', ...options });
		const page = await context.newPage();
		await page.goto(`${url}/signin`);
		await page.locator('input[name="emailOrLdapLoginId"]').fill(OWNER.email);
		await page.locator('input[type="password"]').fill(OWNER.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL((address) => address.pathname !== '/signin');
		return new Editor(page, url);
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}

	/** The window of the node that is open. */
	get panel(): Locator {
		return this.marked('ndv');
	}

	/** What a node is set to, in its window. */
	get parameters(): Locator {
		return this.panel.locator(marked('node-parameters'));
	}

	/** Leads to the dialog in which the workflow that is open is published. */
	get publishButton(): Locator {
		return this.marked('workflow-open-publish-modal-button');
	}

	/** The choices of the searchable list that is open. */
	get listed(): Locator {
		return this.marked('rlc-item').filter({ visible: true });
	}

	get listSearch(): Locator {
		return this.marked('rlc-search').filter({ visible: true });
	}

	marked(id: string): Locator {
		return this.page.locator(marked(id));
	}

	/** All that is placed on the canvas, notes too. */
	get placed(): Locator {
		return this.page.locator('.vue-flow__node');
	}

	node(name: string): Locator {
		return this.page.locator(`${marked('canvas-node')}[data-node-name="${name}"]`);
	}

	parameter(name: string): Locator {
		return this.panel.locator(marked(`parameter-input-${name}`));
	}

	/** The names of the nodes on the canvas that n8n marks as invalid. */
	async nodesWithIssues(): Promise<string[]> {
		const nodes = this.marked('canvas-node').filter({
			has: this.page.locator(marked('node-issues')),
		});
		return await nodes.evaluateAll((elements) =>
			elements.map((element) => element.getAttribute('data-node-name') ?? ''),
		);
	}

	/** The names of the parameters, in the window that is open, that n8n marks as invalid. */
	async parametersWithIssues(): Promise<string[]> {
		const issues = this.parameters.locator(marked('parameter-issues')).filter({ visible: true });
		return await issues.evaluateAll((elements) =>
			elements.map((element) => {
				const parameter = element.closest('[data-test-id^="parameter-input-"]');
				return parameter?.getAttribute('data-test-id')?.replace('parameter-input-', '') ?? '';
			}),
		);
	}

	async openWorkflow({ id }: { id: string }): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.marked('canvas-node').first().waitFor();
		await this.settled();
	}

	/** Imports a workflow from a file into a new one, by the menu. */
	async importWorkflow(workflow: Workflow): Promise<void> {
		const file = { name: 'workflow.json', mimeType: 'application/json' };
		await this.page.goto(`${this.url}/workflow/new`);
		await this.marked('workflow-menu').click();
		await this.page.getByRole('menuitem', { name: 'Import' }).hover();
		const chooser = this.page.waitForEvent('filechooser');
		await this.page.getByRole('menuitem', { name: 'From file' }).click();
		await (await chooser).setFiles({ ...file, buffer: Buffer.from(JSON.stringify(workflow)) });
		await this.marked('canvas-node').first().waitFor();
		await this.settled();
	}

	/** Saves the workflow that is open, which n8n then does in the background, and returns its ID. */
	async save(): Promise<string> {
		await this.page.keyboard.press('Control+S');
		await this.page.waitForURL((url) => !url.pathname.endsWith('/new'));
		return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
	}

	/** Publishes the workflow that is open, as soon as n8n lets it, and returns its ID. */
	async publish(): Promise<string> {
		await this.publishButton.click();
		await this.marked('workflow-publish-button').click();
		await this.page.getByText('Workflow published').waitFor();
		return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
	}

	/** Opens the dialog of a stored credential, in which n8n tests it at once. */
	async openCredential({ id }: { id: string }): Promise<Locator> {
		await this.page.goto(`${this.url}/home/credentials/${id}`);
		const dialog = this.marked('editCredential-modal');
		await dialog.waitFor();
		return dialog;
	}

	/** Opens the window of a node; one that is open is closed before. */
	async openNode(name: string): Promise<void> {
		await this.closeNode();
		await this.node(name).dblclick();
		await this.parameters.waitFor();
	}

	async closeNode(): Promise<void> {
		if (!(await this.panel.isVisible())) return;
		await this.marked('ndv-close-button').click();
		await this.panel.waitFor({ state: 'hidden' });
	}

	/** Types into the search for nodes, and returns what it finds. */
	async searchNodes(text: string): Promise<Locator> {
		await this.marked('node-creator-plus-button').click();
		const creator = this.marked('node-creator');
		await creator.locator(marked('node-creator-search-bar')).fill(text);
		const found = creator.locator(marked('item-iterator-item'));
		// Until n8n has searched, it lists the categories that it begins with.
		await found
			.filter({ hasText: new RegExp(text, 'i') })
			.first()
			.waitFor();
		return found;
	}

	/** Adds what a node can do, found by the name of its service, to the workflow and opens its window. */
	async addNode(service: string, action: string): Promise<void> {
		const found = await this.searchNodes(service);
		await found.first().click();
		await this.marked('node-creator').getByText(action, { exact: true }).click();
		await this.parameters.waitFor();
	}

	/** Switches a parameter to Expression and pastes into it: typed brackets, n8n closes by itself. */
	async enterExpression(parameter: string, expression: string): Promise<void> {
		await this.parameter(parameter).hover();
		const input = this.page.locator(marked(`parameter-input-${parameter}`));
		const item = this.parameters.locator('.parameter-item', { has: input });
		// A list that n8n may have opened over it would take a click.
		await item.locator(marked('radio-button-expression')).dispatchEvent('click');
		const text = this.parameter(parameter).locator('.cm-content');
		await text.fill(expression);
		// n8n takes over what was pasted, and then shows what it makes of it.
		await this.page.getByText('[Execute previous nodes for preview]').last().waitFor();
		await text.blur();
	}

	/** Opens the searchable list of a parameter, which n8n then fills. */
	async openList(parameter: string): Promise<void> {
		await this.parameter(parameter).locator(marked('rlc-input')).click();
	}

	/** Runs the node whose window is open. */
	async executeStep(): Promise<void> {
		await this.panel.locator(marked('node-execute-button')).click();
	}

	/** Waits for what n8n says in the corner of the screen, and closes it. */
	async closeToast(): Promise<void> {
		const toast = this.page.locator('.el-notification');
		await toast.locator('.el-notification__closeBtn').click();
		await toast.waitFor({ state: 'hidden' });
	}

	/** Shows all nodes at once. */
	async zoomToFit(): Promise<void> {
		await this.page.keyboard.press('1');
		await this.settled();
	}

	/** Waits for the fonts, and for n8n to end moving its canvas. */
	async settled(): Promise<void> {
		await this.page.evaluate('document.fonts.ready.then(() => undefined)');
		const node = this.marked('canvas-node').first();
		let before = '';
		const isStill = async () => {
			const place = JSON.stringify(await node.boundingBox());
			const isSame = place === before;
			before = place;
			return isSame;
		};
		await waitUntil(isStill, { what: 'the canvas to stand still', interval: 300 });
	}
}
