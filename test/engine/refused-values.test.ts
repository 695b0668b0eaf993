import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { findOperation, resources } from '../../nodes/Instaply/operations';
import { THREADS } from '../../sandbox/server';
import { runInstaply } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { explanation } from '../support/engine/words';
import { EXAMPLE_CALLS } from './operations/cases';

/*
 * Every parameter of every operation refuses what it cannot use, before anything goes out. What each
 * kind of parameter cannot use is shown in test/unit/parameters/parse.test.ts; here, one value shows
 * that the parameter is read at all, and as what it is.
 */

const sandbox = useSandbox();

/** A place in the parameters of an operation where a user fills in one value. */
interface Leaf {
	resource: string;
	operation: string;
	/** Such as `['additionalFields', 'extraHeaders', 'header', 0, 'name']`. */
	path: Array<string | number>;
	/** How a sentence about it names it. */
	label: string;
	type: INodeProperties['type'];
	isRequired: boolean;
	/** Shown as dots in the editor. */
	isSecret: boolean;
	/** The other choices that bring it up, of which one is needed each. */
	shownFor: Record<string, unknown>;
	/** Of a resource locator: the way to choose. */
	mode?: string;
}

/** Read once for the node as a whole, from its first item. */
const RUN_OPTIONS = { threadsAtATime: 5, timeout: 20 };
const isRunOption = ({ path }: Leaf) => path[0] === 'options' && String(path[1]) in RUN_OPTIONS;

const leaves = resources.flatMap((resource) =>
	resource.operations.flatMap(({ option, properties }) =>
		properties.flatMap((property) =>
			leavesOf(property).map((leaf): Leaf => ({
				...leaf,
				resource: resource.option.value,
				operation: option.value,
			})),
		),
	),
);

type LeafOfProperty = Omit<Leaf, 'resource' | 'operation'>;

function leavesOf(property: INodeProperties): LeafOfProperty[] {
	const { name, displayName, type, required = false, displayOptions, typeOptions } = property;
	const { options = [], modes = [] } = property;
	const shownFor = displayOptions?.show ?? {};
	const leaf = {
		path: [name],
		label: displayName,
		type,
		isRequired: required,
		isSecret: typeOptions?.password === true,
		shownFor,
	};
	const below = (inner: LeafOfProperty[], path: Leaf['path'], prefix = '') =>
		inner.map((entry) => ({
			...entry,
			path: [...path, ...entry.path],
			label: prefix + entry.label,
		}));
	switch (type) {
		// n8n's own, which nobody fills in.
		case 'hidden':
			return [];
		case 'collection':
			return options.filter(isProperty).flatMap((entry) => below(leavesOf(entry), [name]));
		case 'fixedCollection':
			return options.filter(isGroup).flatMap((group) => {
				const row = typeOptions?.multipleValues ? [0] : [];
				const inner = group.values.flatMap((entry) => leavesOf(entry));
				return below(inner, [name, group.name, ...row], `${displayName} > `);
			});
		case 'resourceLocator':
			return modes.map(({ name: mode }) => ({ ...leaf, path: [name, 'value'], mode }));
		default:
			return [leaf];
	}
}

type Entry = NonNullable<INodeProperties['options']>[number];

function isGroup(entry: Entry): entry is Extract<Entry, { values: INodeProperties[] }> {
	return 'values' in entry;
}

function isProperty(entry: Entry): entry is INodeProperties {
	return 'type' in entry;
}

/** Texts that are more than texts, by the name of the parameter. */
const NO_SUCH_TEXT: Record<string, string> = {
	email: 'ada@example',
	name: 'X Key',
	phoneNumber: '0612345678',
	url: 'example.com',
	value: 'one\ntwo',
};

/** A value that only the right reader refuses: an ID is a text, but not every text is an ID. */
function badValueFor({ type, path, mode }: Leaf): unknown {
	const name = String(path.at(-1));
	switch (type) {
		case 'boolean':
			return 'yes';
		case 'number':
			return 0;
		case 'dateTime':
			return 'soon';
		case 'options':
		case 'multiOptions':
			return 'no such choice';
		case 'resourceLocator':
			return mode === 'name' ? { title: 'issue_back' } : '../webhooks';
		default:
			return NO_SUCH_TEXT[name] ?? (name.endsWith('Id') ? '../webhooks' : { a: 'text' });
	}
}

/** What the parameters hold there, whichever way to choose is set. */
function valueAt(parameters: unknown, path: Leaf['path']): unknown {
	return path.reduce<unknown>((value, key) => Object(value)[key], parameters);
}

/** A copy of the parameters with another value there. */
function withValueAt<T>(parameters: T, path: Leaf['path'], value: unknown): T {
	const changed = structuredClone(parameters);
	Object(valueAt(changed, path.slice(0, -1)))[String(path.at(-1))] = value;
	return changed;
}

/** A choice that the example leaves out is the preselected one, which brings up what it sets. */
function isAmong(choices: unknown, value: unknown): boolean {
	return value === undefined || (Array.isArray(choices) && choices.includes(value));
}

/** @throws saying where to add one when no example call sets the parameter */
function exampleThatSets(leaf: Leaf): INodeParameters {
	const { resource, operation, path, mode, shownFor } = leaf;
	const calls = (EXAMPLE_CALLS[resource]?.[operation] ?? []).map(
		({ parameters }): INodeParameters =>
			isRunOption(leaf)
				? { ...parameters, options: { ...Object(parameters.options), ...RUN_OPTIONS } }
				: parameters,
	);
	const siblings = path.slice(0, -1);
	const example = calls.find(
		(parameters) =>
			valueAt(parameters, path) !== undefined &&
			(mode === undefined || valueAt(parameters, [...siblings, 'mode']) === mode) &&
			Object.entries(shownFor).every(([name, choices]) => isAmong(choices, parameters[name])),
	);
	if (example !== undefined) return example;
	const way = mode === undefined ? '' : ` by '${mode}'`;
	throw new Error(
		`No example call of ${resource}/${operation} sets '${path.join('.')}'${way}: add one to test/engine/operations/${resource}.cases.ts`,
	);
}

/** Gives the parameter of a good call two good values and then a bad one, by an expression. */
async function refuse(leaf: Leaf, bad: unknown): Promise<string> {
	const { resource, operation, path } = leaf;
	const example = exampleThatSets(leaf);
	const good = { value: valueAt(example, path) };
	// The only item of an operation that waits, which takes one at a time, is the bad one.
	const isAlone =
		isRunOption(leaf) || findOperation(resource, operation)?.onlyOneItem !== undefined;
	const input = [...(isAlone ? [] : [good, good]), bad === undefined ? {} : { value: bad }];
	const run = await runInstaply(sandbox.current, {
		parameters: {
			resource,
			operation,
			...withValueAt(example, path, '={{ $json.value }}'),
		},
		input: JSON.parse(JSON.stringify(input)),
	});
	const { message, description } = explanation(run);
	expect(message).toMatch(new RegExp(`^'${leaf.label}' (is empty|cannot be used as it is)$`));
	expect(run.error?.context.itemIndex).toBe(input.length - 1);
	expect(sandbox.current.requests()).toEqual([]);
	return description;
}

const titled = (those: Leaf[]) =>
	those.map((leaf) => {
		const { resource, operation, label, mode } = leaf;
		return [resource, operation, label + (mode === undefined ? '' : ` (${mode})`), leaf] as const;
	});
const secrets = leaves.filter(({ isSecret }) => isSecret);
const required = leaves.filter(({ isRequired }) => isRequired);
/** n8n insists on no number: it has its default. */
const insistedOn = required.filter(({ type }) => type !== 'number');

describe('Before any request', () => {
	it.each(titled(leaves))('%s/%s refuses a bad value of %s', async (...args) => {
		const [, , , leaf] = args;
		const description = await refuse(leaf, badValueFor(leaf));
		// It says what the value is, but for headers: a secret may be pasted into a name, too.
		if (!leaf.path.includes('header')) expect(description).toMatch(/^It is .*?\. [A-Z]/);
	});

	it.each(titled(secrets))('%s/%s shows nothing of a bad %s', async (...args) => {
		const [, , , leaf] = args;
		expect(await refuse(leaf, 'my-secret\nmy-secret')).not.toContain('my-secret');
	});

	it.each(titled(required))('%s/%s refuses an expression that finds no %s', async (...args) => {
		const [, , , leaf] = args;
		await refuse(leaf, undefined);
	});

	it.each(titled(insistedOn))('n8n itself asks %s/%s for %s', async (...args) => {
		const [resource, operation, , leaf] = args;
		const parameters = withValueAt(
			exampleThatSets(leaf),
			leaf.path,
			leaf.type === 'multiOptions' ? [] : '',
		);
		await expect(
			runInstaply(sandbox.current, { parameters: { resource, operation, ...parameters } }),
		).rejects.toThrow(`Parameter "${leaf.label}" is required`);
		expect(sandbox.current.requests()).toEqual([]);
	});

	it.each([
		['a number that is none', '={{ Number("x") }}'],
		['an expression that finds nothing', '={{ $json.customer.thread.id }}'],
		['an object', '={{ $json }}'],
		['a list', '={{ [1, 2] }}'],
		['text around nothing', '= {{ $json.none }} '],
	])('%s is refused where an ID belongs', async (_, customerThreadId) => {
		const run = await runInstaply(sandbox.current, {
			parameters: { resource: 'thread', operation: 'get', customerThreadId },
		});
		expect(explanation(run).message).toMatch(/^'Thread ID' /);
		expect(sandbox.current.requests()).toEqual([]);
	});

	it.each(['send', 'sendAndWait'])('message/%s refuses to send no template', async (operation) => {
		const run = await runInstaply(sandbox.current, {
			parameters: {
				resource: 'message',
				operation,
				customerThreadId: THREADS.webchat,
				text: 'Hi',
				whenWindowClosed: 'sendTemplate',
			},
		});
		expect(explanation(run).message).toBe("'Template' is empty");
		expect(sandbox.current.requests()).toEqual([]);
	});

	it.each([
		['operation', { resource: 'thread', operation: 'archive' }],
		['resource', { resource: 'invoice', operation: 'get' }],
	])('an unknown %s is refused', async (_, parameters) => {
		const run = await runInstaply(sandbox.current, { parameters });
		expect(explanation(run).message).toBe('This node does not know the chosen operation');
		expect(sandbox.current.requests()).toEqual([]);
	});
});
