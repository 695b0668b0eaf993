import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Browser } from 'playwright-core';

import {
	exampleNames,
	inFrench,
	readExample,
	readExampleFile,
	translatedNames,
	withCredential,
} from '../../lab/examples';
import type { Lab } from '../../lab/lab';
import { CREDENTIAL_NAME, INSTAPLY, instaplyTrigger, NEXT, START } from '../../lab/nodes';
import { asItems, type NodeDraft } from '../../lab/workflow';
import profile from '../../nodes/Instaply/__schema__/v1.0.0/customer/getProfile.json';
import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { resources } from '../../nodes/Instaply/operations';
import { STARTS_ANEW } from '../../nodes/Instaply/replies/startsAnew';
import { THREADS } from '../../sandbox/server';
import { launchChromium } from '../../tools/browser/chromium';
import { Editor } from '../../tools/n8n/editor';
import type { StoredCredential, Workflow } from '../../tools/n8n/types';
import { waitUntil } from '../../tools/process/wait';
import { describeInBrowser } from '../support/browser/page';
import { openSharedLab, startOwnLab } from '../support/e2e/lab';

jest.setTimeout(120_000);

const OPERATIONS = resources.flatMap(({ option: resource, operations }) =>
	operations.map(({ option: operation }) => ({ resource, operation })),
);

describeInBrowser("In n8n's editor", () => {
	let lab: Lab;
	let browser: Browser;
	let editor: Editor;
	let problems: string[] = [];
	beforeAll(async () => {
		lab = await openSharedLab();
		browser = await launchChromium();
		editor = await Editor.open(browser, lab.n8nUrl, { viewport: { width: 1280, height: 1000 } });
		editor.page.on('pageerror', ({ message }) => problems.push(message));
	});
	beforeEach(() => {
		problems = [];
	});
	afterEach(() => expect(problems).toEqual([]));
	afterAll(async () => {
		await browser.close();
		await lab.close();
	});

	it('the search for instaply finds both nodes, with their icon and all they can do', async () => {
		await editor.openWorkflow(await lab.save({ nodes: [instaplyTrigger('searched')] }));
		const found = await editor.searchNodes('instaply');
		expect(await found.allInnerTexts()).toEqual([
			expect.stringMatching(/^Instaply\s+Starts when a customer writes; sends messages/),
		]);
		await found.click();
		const list = editor.marked('node-creator');
		await list.getByText('Triggers').click();
		for (const words of ['On message', 'On transfer']) await list.getByText(words).waitFor();
		for (const { operation } of OPERATIONS) {
			await list.getByText(String(operation.action), { exact: true }).waitFor();
		}
		const icons = await list
			.locator('img')
			.evaluateAll((images) =>
				images.map((image) => 'naturalWidth' in image && Number(image.naturalWidth) > 0),
			);
		expect(icons.length).toBeGreaterThan(OPERATIONS.length);
		expect(icons).not.toContain(false);
	});

	describe('every panel', () => {
		const nameOf = ({ resource, operation }: (typeof OPERATIONS)[number]) =>
			`${resource.name} ${operation.name}`;
		beforeAll(async () => {
			const operations = OPERATIONS.map((each) => ({
				name: nameOf(each),
				type: INSTAPLY,
				parameters: { resource: each.resource.value, operation: each.operation.value },
			}));
			const nodes = [...operations, instaplyTrigger('panel')];
			await editor.openWorkflow(await lab.save({ nodes, connections: {} }));
			await editor.zoomToFit();
		});

		it.each(OPERATIONS.map((each) => [nameOf(each), each] as const))(
			'%s opens, and n8n asks for nothing but the required fields',
			async (name, { resource, operation }) => {
				await editor.openNode(name);
				const chosen = editor.parameter('resource').locator('input');
				expect(await chosen.inputValue()).toBe(resource.name);
				expect(await editor.parameter('operation').locator('input').inputValue()).toBe(
					operation.name,
				);
				expect(await editor.parametersWithIssues()).toEqual(
					requiredFields(resource.value, operation.value),
				);
			},
		);

		it('Instaply Trigger opens, and n8n asks for nothing', async () => {
			await editor.openNode('Instaply Trigger');
			await editor.panel.getByText('Pull in events from Instaply').waitFor();
			expect(await editor.parametersWithIssues()).toEqual([]);
		});
	});

	it.each([...['internal note', 'note', 'reply', 'answer', 'profile', 'first name', 'template']])(
		'the search for %s finds the node',
		async (words) => {
			await editor.openWorkflow(await lab.save({ nodes: [instaplyTrigger('noted')] }));
			await editor.marked('node-creator-plus-button').click();
			const creator = editor.marked('node-creator');
			await creator.locator('[data-test-id="node-creator-search-bar"]').fill(words);
			const found = creator.locator('[data-test-id="item-iterator-item"]');
			await found.filter({ hasText: 'Instaply' }).first().waitFor();
		},
	);

	describe('the option Internal Note', () => {
		const send = (name: string, parameters = {}) => ({
			name,
			type: INSTAPLY,
			parameters: { operation: 'send', customerThreadId: '1', text: 'Hi', ...parameters },
		});
		/** What the button 'Add option' offers. */
		const offered = async () => {
			await editor.parameters.locator('[data-test-id^="collection-parameter-add"]').click();
			const options = editor.page.getByRole('menuitem').or(editor.page.getByRole('option'));
			await options.filter({ visible: true, hasText: 'Request Timeout' }).waitFor();
			return (await options.filter({ visible: true }).allInnerTexts()).map((text) => text.trim());
		};
		beforeAll(async () => {
			const nodes = [
				send('New'),
				send('Older', { options: { internal: true } }),
				send('Off', { options: { internal: false } }),
				send('Of each', { options: { internal: '={{ 1 === 2 }}' } }),
			];
			await editor.openWorkflow(await lab.save({ nodes, connections: {} }));
			await editor.zoomToFit();
		});

		it('is not offered where it is not set', async () => {
			await editor.openNode('New');
			await editor.parameter('whenWindowClosed').waitFor();
			const options = await offered();
			expect(options).toContain('Request Timeout');
			expect(options).not.toContain('Internal Note');
		});

		it('is shown where it is set, without what does not matter for a note', async () => {
			await editor.openNode('Older');
			await editor.parameters.getByText('Internal Note', { exact: true }).waitFor();
			expect(await editor.parameter('text').isVisible()).toBe(true);
			expect(await editor.parameter('whenWindowClosed').isVisible()).toBe(false);
		});

		it.each(['Off', 'Of each'])(
			'hides nothing when it does not hold for all (%s)',
			async (name) => {
				await editor.openNode(name);
				await editor.parameters.getByText('Internal Note', { exact: true }).waitFor();
				await editor.parameter('whenWindowClosed').waitFor();
			},
		);

		it('outlives a change of another parameter', async () => {
			await editor.openNode('Older');
			await editor.parameter('text').locator('textarea').fill('Changed');
			await editor.closeNode();
			await editor.openNode('Off');
			await editor.openNode('Older');
			await editor.parameters.getByText('Internal Note', { exact: true }).waitFor();
		});
	});

	describe('the dropdown of templates', () => {
		const open = async (thread: string) => {
			const parameters = { operation: 'sendTemplate', customerThreadId: thread };
			await editor.openWorkflow(
				await lab.save({ nodes: [{ name: 'Instaply', type: INSTAPLY, parameters }] }),
			);
			await editor.openNode('Instaply');
			await editor.openList('template');
		};

		it('is filled, searched and chosen from', async () => {
			await open(THREADS.whatsappClosed);
			await editor.listed.first().waitFor();
			expect(await editor.listed.count()).toBe(4);
			await editor.listSearch.fill('SHIPPED');
			const isFound = async () => (await editor.listed.count()) === 1;
			await waitUntil(isFound, { what: 'n8n to search the list' });
			expect(await editor.listed.allInnerTexts()).toEqual([
				expect.stringMatching(/^order_shipped: Good news/),
			]);
			await editor.listed.click();
			const chosen = editor.parameter('template').locator('input').last();
			expect(await chosen.inputValue()).toMatch(/^order_shipped: Good news/);
		});

		it('says why it is empty', async () => {
			await open(THREADS.webchat);
			await editor.page.getByText('Only WhatsApp threads have them').waitFor();
		});
	});

	describe('the workflows to import', () => {
		/** What the examples leave to the user besides credentials. */
		const TO_CHOOSE: Record<string, string[]> = {
			'collect-answers': ['Find the Customer', 'Note the Opt-Out', 'Note the Answer'],
			'phone-book': ['Add or Update the Row'],
			'watch-triggers': ['Tell Somebody'],
			'whatsapp-campaign': ['Read Customers', 'Note the Result'],
		};
		let credentials: StoredCredential[];
		beforeAll(async () => {
			const { rest, credential } = lab;
			const others = ['googleSheetsOAuth2Api', 'httpHeaderAuth', 'n8nApi', 'openAiApi'];
			const created = others.map(async (type) => await rest.createCredential(type, {}));
			credentials = [credential, ...(await Promise.all(created))];
		});

		const all = [...exampleNames(), ...translatedNames().map(inFrench)];
		it.each(all)('%s opens, and n8n asks for no more than it says', async (name) => {
			const example = await readExample(name, ...credentials);
			await editor.openWorkflow(await lab.rest.createWorkflow(example));
			expect(await editor.placed.count()).toBe(example.nodes.length);
			expect(await editor.nodesWithIssues()).toEqual(TO_CHOOSE[name] ?? []);
		});

		// n8n drops what is behind a choice that is still to be made.
		it.each(['collect-answers', 'whatsapp-campaign'])(
			'%s keeps what it fills into a sheet when it is imported',
			async (name) => {
				const file = await readExampleFile(name);
				await editor.importWorkflow(file);
				const id = await editor.save();
				const filledIn = ({ nodes }: Workflow) =>
					nodes
						.filter(({ type }) => type === 'n8n-nodes-base.googleSheets')
						.map(({ name: node, parameters: { columns, filtersUI } }) => ({
							node,
							columns,
							filtersUI,
						}));
				const saved = async () => {
					const workflow = await lab.rest.workflow(id).catch(() => undefined);
					return workflow?.nodes.length === file.nodes.length && workflow;
				};
				const workflow = await waitUntil(saved, { what: `${name} to be saved` });
				expect(filledIn(workflow)).toMatchObject(filledIn(file));
			},
		);

		it.each([
			['which starts with Instaply Trigger', 'answer-order-questions'],
			['which starts with a Webhook node', 'tell-order-shipped'],
		])('one %s can be imported from its file twice, and both be published', async (_, name) => {
			const file = credentials.reduce(withCredential, await readExampleFile(name));
			const importAndPublish = async () => {
				await editor.importWorkflow(file);
				const workflow = await lab.rest.workflow(await editor.publish());
				await lab.rest.waitUntilPublished(workflow.id);
				return workflow;
			};
			const both = [await importAndPublish(), await importAndPublish()];
			for (const workflow of both) {
				expect(await lab.rest.workflow(workflow.id)).toMatchObject({ active: true });
				await lab.unpublish(workflow);
			}
		});
	});

	it('the dialog of the credential tests it, and says that it works', async () => {
		const dialog = await editor.openCredential(lab.credential);
		await dialog.getByText('Connection tested successfully').waitFor();
		expect(lab.sandbox.requests({ method: 'GET', path: '/api/webhooks/' })).not.toEqual([]);
	});

	it('the dialog of a credential with a wrong token says what to do', async () => {
		const { rest, sandbox } = lab;
		const data = { token: 'wrong', baseUrl: sandbox.url };
		const dialog = await editor.openCredential(await rest.createCredential(CREDENTIAL_NAME, data));
		await dialog.getByText('More details').click();
		await dialog.getByText('whether it was copied completely').waitFor();
	});

	it('the trigger warns of answering itself, and shows its URL where the user needs it', async () => {
		const parameters = { registration: 'legacy', sentBy: 'anyone' };
		await editor.openWorkflow(await lab.save({ nodes: [instaplyTrigger('shown', parameters)] }));
		await editor.openNode('Instaply Trigger');
		await editor.panel.getByText('it answers itself, again and again').waitFor();
		await editor.panel.getByText('Webhook URLs').click();
		await editor.panel.getByRole('radio', { name: 'Production URL' }).click();
		await editor.panel.getByText(`${lab.n8nUrl}/webhook/shown/webhook`).waitFor();
	});

	it('the channels are a list to choose from, and stay a text where they were one', async () => {
		const withChannels = (version: number, channels: string | string[]) => ({
			...instaplyTrigger(`channels-${version}`, { options: { channels } }),
			name: `Version ${version}`,
			typeVersion: version,
		});
		const text = 'whatsapp, E-mail';
		const nodes = [withChannels(1.1, text), withChannels(1.2, ['sms', 'fax'])];
		await editor.openWorkflow(await lab.save({ nodes, connections: {} }));
		expect(await editor.nodesWithIssues()).toEqual([]);
		await editor.openNode('Version 1.1');
		expect(await editor.parameter('channels').locator('input').inputValue()).toBe(text);
		await editor.openNode('Version 1.2');
		expect(await editor.parametersWithIssues()).toEqual([]);
		const chosen = editor.parameter('channels').locator('.el-tag');
		expect(await chosen.allInnerTexts()).toEqual(['SMS', 'fax']);
		await editor.parameter('channels').click();
		const offered = editor.page.locator('.el-select-dropdown__item').filter({ visible: true });
		await offered.filter({ hasText: 'WhatsApp' }).click();
		expect(await chosen.allInnerTexts()).toEqual(['SMS', 'fax', 'WhatsApp']);
	});

	it('a text among channels to choose from is not shown, which is why it stays a text', async () => {
		const stored = instaplyTrigger('text-in-list', { options: { channels: 'whatsapp' } });
		await editor.openWorkflow(await lab.save({ nodes: [stored] }));
		await editor.openNode('Instaply Trigger');
		expect(await editor.parameter('channels').locator('.el-tag').count()).toBe(0);
	});

	it.each([1.1, 1.2])(
		'a trigger of version %d offers to ignore awaited replies',
		async (version) => {
			const trigger = { ...instaplyTrigger(`ignoring-${version}`), typeVersion: version };
			await editor.openWorkflow(await lab.save({ nodes: [trigger] }));
			await editor.openNode('Instaply Trigger');
			await editor.parameters.locator('[data-test-id^="collection-parameter-add"]').click();
			const options = editor.page.getByRole('menuitem').or(editor.page.getByRole('option'));
			const offered = options.filter({ visible: true, hasText: 'Ignore Awaited Replies' });
			await offered.first().waitFor();
			expect(await offered.count()).toBe(1);
		},
	);

	it('a node that is added by what it does is called so, and takes the thread from the trigger', async () => {
		await editor.openWorkflow(await lab.save({ nodes: [instaplyTrigger('named')] }));
		await editor.addNode('instaply', 'Set thread status');
		const thread = editor.parameter('customerThreadId').locator('.cm-content');
		expect(await thread.innerText()).toBe('{{ $json.customerThreadId }}');
		await editor.closeNode();
		await editor.node('Set thread status').getByText('set to waiting: thread').waitFor();
		expect(await editor.nodesWithIssues()).toEqual([]);
	});

	it('the time to wait has no decimals until somebody enters them', async () => {
		const values = { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'hours' };
		const parameters = {
			operation: 'sendAndWait',
			text: 'When?',
			options: { limitWaitTime: { values } },
		};
		await editor.openWorkflow(
			await lab.save({ nodes: [START, { name: 'Ask', type: INSTAPLY, parameters }] }),
		);
		await editor.openNode('Ask');
		const amount = editor.parameter('resumeAmount').locator('input');
		expect(await amount.inputValue()).toBe('1');
		await amount.fill('1.5');
		await amount.blur();
		expect(await amount.inputValue()).toBe('1.5');
	});

	const hints = () => editor.panel.locator('[data-test-id="node-hint"]');

	describe('an ID that nobody has filled in', () => {
		const TAKEN = "'Thread ID' takes 'customerThreadId' from what comes in";
		const send = { name: 'Send', type: INSTAPLY, parameters: { text: 'Hello' } };
		const field = () => editor.parameter('customerThreadId').locator('.cm-content');
		const open = async (nodes: NodeDraft[], pinData?: Record<string, INodeExecutionData[]>) => {
			await editor.openWorkflow(await lab.save({ nodes: [...nodes, send], pinData }));
			await editor.openNode('Send');
			await field().waitFor();
		};

		it('is said to come in where no trigger gives it, until the node has run', async () => {
			await open([START]);
			await hints().getByText(TAKEN).waitFor();
			expect(await editor.parametersWithIssues()).toEqual([]);
			await editor.executeStep();
			await editor.marked('node-error-description').waitFor();
			const error = await editor.marked('node-error-message').innerText();
			expect(error).toContain("'Thread ID' is empty");
			expect(await hints().count()).toBe(0);
		});

		it('needs no word where the trigger gives it, and is sent to', async () => {
			const trigger = instaplyTrigger('passed-on');
			await open([trigger], { [trigger.name]: asItems([{ customerThreadId: THREADS.sms }]) });
			await editor.parameters.getByText(THREADS.sms, { exact: true }).waitFor();
			expect(await hints().count()).toBe(0);
			const before = lab.sandbox.conversation(THREADS.sms).length;
			await editor.executeStep();
			const isSent = () => lab.sandbox.conversation(THREADS.sms).length > before;
			await waitUntil(isSent, { what: 'the message' });
		});

		it('is shown as undefined where a node does not pass it on', async () => {
			const trigger = instaplyTrigger('not-passed-on');
			const between = { ...NEXT, name: 'Between' };
			await open([trigger, between], {
				[trigger.name]: asItems([{ customerThreadId: THREADS.sms }]),
				Between: asItems([{ id: '1' }]),
			});
			await editor.parameters.getByText('undefined', { exact: true }).waitFor();
			expect(await editor.parametersWithIssues()).toEqual([]);
			expect(await hints().count()).toBe(0);
		});
	});

	describe('that replies start a workflow anew', () => {
		const anew = () => hints().filter({ hasText: 'starts this workflow anew' });
		/** Opens the question of a workflow that begins with messages. */
		const openQuestion = async (name: string, typeVersion: number) => {
			const path = `anew-${name.length}-${typeVersion}`;
			const trigger = { ...instaplyTrigger(path), name, typeVersion };
			const ask = {
				name: 'Ask',
				type: INSTAPLY,
				parameters: {
					operation: 'sendAndWait',
					customerThreadId: '={{ $json.customerThreadId }}',
					text: 'When?',
				},
			};
			const came = { customerThreadId: THREADS.webchat, messageBody: 'Hello', reply: 'before' };
			const pinData = { [name]: asItems([came]) };
			await editor.openWorkflow(await lab.save({ nodes: [trigger, ask], pinData }));
			await editor.openNode('Ask');
			await editor.parameter('text').waitFor();
		};
		const askAndAnswer = async (whileWaiting: () => Promise<void>) => {
			const asked = () => lab.sandbox.conversation(THREADS.webchat).length;
			const before = asked();
			await editor.executeStep();
			await waitUntil(() => asked() > before, { what: 'the customer to be asked' });
			await whileWaiting();
			await lab.sandbox.customerWrites(THREADS.webchat, 'At ten');
			await editor.panel.getByText('At ten').first().waitFor();
		};

		it('is shown as long as it can happen', async () => {
			await openQuestion('Instaply Trigger', 1.1);
			await anew().getByText(STARTS_ANEW).waitFor();
			await askAndAnswer(async () => await anew().waitFor());
			expect(await anew().allInnerTexts()).toEqual([expect.stringContaining(STARTS_ANEW)]);
		});

		it('is shown while the question waits, where the trigger has another name', async () => {
			await openQuestion('When a customer writes', 1.1);
			expect(await anew().count()).toBe(0);
			await askAndAnswer(async () => await anew().getByText(STARTS_ANEW).waitFor());
		});

		it('is not shown where it cannot happen, and the answer is what the table begins with', async () => {
			await openQuestion('Instaply Trigger', 1.2);
			expect(await anew().count()).toBe(0);
			await askAndAnswer(async () => await Promise.resolve());
			expect(await anew().count()).toBe(0);
			const output = editor.panel.locator('[data-test-id="output-panel"]');
			await output.locator('[data-test-id="radio-button-table"]').click();
			const columns = output.locator('th').filter({ hasText: /\w/ });
			await columns.first().waitFor();
			expect(await columns.allInnerTexts()).toEqual([
				...['customerThreadId', 'reply', 'respondedAt', 'timedOut', 'waitedSeconds'],
				'messageBody',
			]);
		});
	});

	it('an item that goes wrong says what happened and what to do', async () => {
		const parameters = {
			operation: 'send',
			customerThreadId: THREADS.whatsappClosed,
			text: 'Hello',
			whenWindowClosed: 'stop',
		};
		await editor.openWorkflow(
			await lab.save({ nodes: [START, { name: 'Instaply', type: INSTAPLY, parameters }] }),
		);
		await editor.openNode('Instaply');
		await editor.executeStep();
		await editor.marked('node-error-message').waitFor();
		expect(await editor.marked('node-error-message').innerText()).toContain(
			'The messaging window of thread 123459 is closed',
		);
		expect(await editor.marked('node-error-description').innerText()).toContain(
			"set 'When Window Is Closed' to 'Send a Template Instead'",
		);
	});
});

describeInBrowser('In the editor of an n8n with one credential', () => {
	let lab: Lab;
	let browser: Browser;
	let editor: Editor;
	beforeAll(async () => {
		lab = await startOwnLab();
		browser = await launchChromium();
		editor = await Editor.open(browser, lab.n8nUrl, { viewport: { width: 1280, height: 1000 } });
	});
	afterAll(async () => {
		await browser.close();
		await lab.close();
	});

	it('a first workflow is built by clicks, as the README says', async () => {
		await editor.page.goto(`${lab.n8nUrl}/workflow/new`);
		await editor.addNode('instaply', 'On message');
		await editor.closeNode();
		await editor.addNode('instaply', 'Send message to customer');
		await editor.enterExpression('text', 'We got your message: {{ $json.messageBody }}');
		await editor.closeNode();
		const id = await editor.publish();
		await lab.rest.waitUntilPublished(id);
		await lab.sandbox.customerWrites(THREADS.sms, 'Do you have shoes in size 42?');
		const answer = () => lab.sandbox.conversation(THREADS.sms).at(-1)?.body;
		const isAnswered = () => answer() === 'We got your message: Do you have shoes in size 42?';
		await waitUntil(isAnswered, { what: 'the bot to answer' });
		await lab.unpublish(await lab.rest.workflow(id));
	});

	it('an imported workflow has it in all nodes but the trigger, and can be published once that was opened', async () => {
		await editor.importWorkflow(await readExampleFile('answer-order-questions'));
		expect(await editor.nodesWithIssues()).toEqual(['Instaply Trigger']);
		await editor.publishButton.hover();
		await editor
			.marked('tooltip-content')
			.getByText('fix them before publishing')
			.first()
			.waitFor();
		expect(await editor.publishButton.isDisabled()).toBe(true);
		await editor.openNode('Instaply Trigger');
		await editor.closeNode();
		const isContent = async () => (await editor.nodesWithIssues()).length === 0;
		await waitUntil(isContent, { what: 'n8n to be content with the trigger' });
		const workflow = await lab.rest.workflow(await editor.publish());
		await lab.rest.waitUntilPublished(workflow.id);
		await lab.unpublish(workflow);
	});

	it('the fields of a node that has not run are offered to the next one', async () => {
		await editor.openWorkflow(
			await lab.save({
				nodes: [
					START,
					{
						name: 'Get Profile',
						type: INSTAPLY,
						parameters: { resource: 'customer', operation: 'getProfile', customerId: 'cust_001' },
					},
					{ name: 'Next', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: {} },
				],
			}),
		);
		await editor.openNode('Next');
		const input = editor.marked('ndv-input-panel');
		await input.getByText('Usually outputs the following fields').waitFor();
		for (const name of Object.keys(profile.properties)) {
			await input.getByText(name, { exact: true }).waitFor();
		}
	});
});

/** The names of the required parameters of an operation, as far as they are empty by default. */
function requiredFields(resource: string, operation: string): string[] {
	const isShown = ({ displayOptions }: INodeProperties) =>
		displayOptions?.show?.resource?.includes(resource) &&
		displayOptions.show.operation?.includes(operation);
	const isEmpty = ({ type, default: value }: INodeProperties) =>
		type === 'resourceLocator' || value === '';
	return new Instaply().description.properties
		.filter((property) => property.required && isShown(property) && isEmpty(property))
		.map(({ name }) => name);
}
