import { NodeHelpers, type INodeTypeDescription } from 'n8n-workflow';

import triggerItem from '../../../nodes/Instaply/__schema__/v1.0.0.json';
import profileItem from '../../../nodes/Instaply/__schema__/v1.0.0/customer/getProfile.json';
import replyItem from '../../../nodes/Instaply/__schema__/v1.0.0/message/sendAndWait.json';
import startItem from '../../../nodes/Instaply/__schema__/v1.0.0/thread/start.json';
import { Instaply } from '../../../nodes/Instaply/Instaply.node';
import actionCodex from '../../../nodes/Instaply/Instaply.node.json';
import { InstaplyTrigger } from '../../../nodes/Instaply/InstaplyTrigger.node';
import triggerCodex from '../../../nodes/Instaply/InstaplyTrigger.node.json';
import { resources } from '../../../nodes/Instaply/operations';
import manifest from '../../../package.json';

/*
 * What people and n8n's assistant find the nodes by, and what they are told before they open one.
 */

const action = new Instaply().description;
const trigger = new InstaplyTrigger().description;

describe('In the list of nodes', () => {
	it.each([
		...['WhatsApp', 'SMS', 'Message', 'Reply', 'Answer', 'Question', 'Internal Note', 'Note'],
		...['Template', 'Profile', 'First Name', 'Customer', 'Conversation'],
	])('the node is found by %s', (word) => {
		expect(actionCodex.alias).toContain(word);
	});

	it('no word stands twice', () => {
		for (const { alias } of [actionCodex, triggerCodex]) {
			const words = alias.map((word) => word.toLowerCase());
			expect(words).toEqual([...new Set(words)]);
		}
	});

	it('the one entry for both nodes says what both do', () => {
		expect(trigger.description).toMatch(/^Starts when a customer writes; sends messages, notes /);
		expect(trigger.description).toContain('asks and waits for replies');
	});
});

describe('On the canvas', () => {
	it('a new node is called what it does, in words of a person', () => {
		const names = resources.flatMap(({ option: resource, operations }) =>
			operations.map(({ option: operation }) => [
				`${resource.value} ${operation.value}`,
				NodeHelpers.makeNodeName({ resource: resource.value, operation: operation.value }, action),
			]),
		);
		expect(Object.fromEntries(names)).toEqual({
			'customer getProfile': 'Get customer profile',
			'customer updateProfile': 'Update customer profile',
			'message send': 'Send message to customer',
			'message sendAndWait': 'Send message and wait for reply',
			'message sendTemplate': 'Send WhatsApp template to customer',
			'message note': 'Add internal note to thread',
			'template getAll': 'Get many WhatsApp templates of thread',
			'thread get': 'Get thread status and messaging window',
			'thread start': 'Start thread as customer',
			'thread updateStatus': 'Set thread status',
			'webhook create': 'Create webhook',
			'webhook delete': 'Delete webhook',
			'webhook get': 'Get webhook',
			'webhook getAll': 'Get many webhooks',
			'webhook update': 'Update webhook',
		});
	});
});

const valueIn = (entry: object, key: string): unknown =>
	Object.entries(entry).find(([name]) => name === key)?.[1];
const textIn = (entry: object, key: string): string[] => {
	const value = valueIn(entry, key);
	return typeof value === 'string' ? [value] : [];
};
const listIn = (entry: object, key: string): object[] => {
	const value = valueIn(entry, key);
	return Array.isArray(value) ? value.map(Object) : [];
};

/** A property with all entries below it: the fields of a collection, the choices of a list. */
function below(entry: object): object[] {
	return [entry, ...[...listIn(entry, 'options'), ...listIn(entry, 'values')].flatMap(below)];
}

const entriesOf = ({ properties }: INodeTypeDescription) => properties.flatMap(below);

describe("What n8n's assistant is told", () => {
	/** Of the node, its fields and its choices. */
	const hintsOf = (description: INodeTypeDescription) => {
		const { searchHint = '', relatedNodes = [] } = description.builderHint ?? {};
		const ofEntries = entriesOf(description).flatMap((entry) =>
			textIn(Object(valueIn(entry, 'builderHint')), 'propertyHint'),
		);
		return [searchHint, ...relatedNodes.map(({ relationHint }) => relationHint), ...ofEntries];
	};
	const hints = [action, trigger].flatMap(hintsOf);

	it.each([
		['that thread IDs come from the trigger or a start', /trigger.*thread start/i],
		['that nothing can be searched', /cannot search or list threads or customers/],
		['how to ask and wait', /message sendAndWait, not message send and a second trigger/],
	])('by the node: %s', (_, words) => expect(action.builderHint?.searchHint).toMatch(words));

	it.each([
		['that it sends nothing, although its description says so', /^Starts workflows only/],
		['whose messages start it', /By default .* messages of customers alone/],
		['that it may answer itself', /sentBy to employee or anyone only where .* answers nothing/],
	])('by the trigger: %s', (_, words) => expect(trigger.builderHint?.searchHint).toMatch(words));

	it('names nothing that does not exist', () => {
		const items = [triggerItem, profileItem, replyItem, startItem];
		const known = new Set([
			...[action, trigger]
				.flatMap(entriesOf)
				.flatMap((entry) => [...textIn(entry, 'name'), ...textIn(entry, 'value')]),
			...items.flatMap(({ properties }) => Object.keys(properties)),
		]);
		const named = hints.flatMap((hint) => hint.match(/\b[a-z]+[A-Z]\w*/g) ?? []);
		expect(named.length).toBeGreaterThan(20);
		expect(named.filter((name) => !known.has(name) && name !== 'n8n')).toEqual([]);
	});

	it('leads from each node to the other', () => {
		const related = [action, trigger].map(
			({ builderHint }) => builderHint?.relatedNodes?.[0]?.nodeType,
		);
		const [first, second] = [trigger, action].map(({ name }) => `${manifest.name}.${name}`);
		expect(related).toEqual([first, second]);
	});

	it('is in the words of its workflow builder, not of stored workflows', () => {
		for (const hint of hints) {
			expect(hint).toMatch(/\w/);
			expect(hint).not.toMatch(/={{|\bai_/);
		}
	});

	it('is not at a field where n8n would refuse to load the node', () => {
		const choosers = [action, trigger]
			.flatMap(({ properties }) => properties)
			.filter(({ name }) => ['resource', 'operation', 'mode'].includes(name));
		expect(choosers.length).toBeGreaterThan(5);
		for (const chooser of choosers) expect(chooser).not.toHaveProperty('builderHint');
	});
});

describe('In the panel', () => {
	const texts = [action, trigger]
		.flatMap(entriesOf)
		.filter((entry) => textIn(entry, 'type')[0] === 'string')
		.filter((entry) => valueIn(Object(valueIn(entry, 'typeOptions')), 'password') !== true);

	it('each text field has an example', () => {
		expect(texts.length).toBeGreaterThan(15);
		for (const entry of texts) {
			expect([textIn(entry, 'displayName'), textIn(entry, 'placeholder')]).toEqual([
				expect.anything(),
				[expect.stringMatching(/^(e\.g\. \S|name@email\.com$)/)],
			]);
		}
	});

	it('the example of a question is a question', () => {
		const [question] = action.properties.filter(
			({ name, displayOptions }) =>
				name === 'text' && displayOptions?.show?.operation?.includes('sendAndWait'),
		);
		expect(question?.placeholder).toMatch(/\?$/);
	});

	it('no number stands with decimals that nobody has entered', () => {
		const numbers = [action, trigger]
			.flatMap(entriesOf)
			.filter((entry) => textIn(entry, 'type')[0] === 'number');
		expect(numbers.length).toBeGreaterThan(3);
		for (const entry of numbers) {
			expect(valueIn(entry, 'typeOptions')).not.toHaveProperty('numberPrecision');
		}
	});

	it('how long a request may take cannot be mistaken for how long a customer may', () => {
		const options = action.properties.filter(({ name }) => name === 'options').flatMap(below);
		const labels = new Set(options.flatMap((entry) => textIn(entry, 'displayName')));
		expect([...labels]).toEqual(expect.arrayContaining(['Limit Wait Time', 'Request Timeout']));
		expect([...labels]).not.toContain('Timeout');
	});
});
