/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import { CredentialTestContext } from 'n8n-core';
import {
	ACTIONABLE_CAUSES,
	isHitlToolType,
	NodeApiError,
	NodeHelpers,
	NodeOperationError,
	SEND_AND_WAIT_OPERATION,
	TIMED_CAUSES,
	type IDataObject,
	type IDisplayOptions,
	type IExecuteFunctions,
	type IHttpRequestMethods,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type IRunExecutionData,
	type Workflow,
} from 'n8n-workflow';

import { InstaplyError } from '../../nodes/Instaply/common/InstaplyError';
import { toResult, type Result } from '../../nodes/Instaply/common/result';
import { withCancelSignal } from '../../nodes/Instaply/n8n/cancelSignal';
import { sendTestRequest } from '../../nodes/Instaply/n8n/credentialTest';
import { errorItem } from '../../nodes/Instaply/n8n/errorItem';
import { FAILURE_CAUSES } from '../../nodes/Instaply/n8n/failure';
import { networkFailureIn, RAW_RESPONSE, toHttpResponse } from '../../nodes/Instaply/n8n/http';
import { withoutIsolate } from '../../nodes/Instaply/n8n/isolate';
import { toNodeError } from '../../nodes/Instaply/n8n/nodeError';
import { nodesBefore } from '../../nodes/Instaply/n8n/nodesBefore';
import { OwnInstance } from '../../nodes/Instaply/n8n/ownInstance';
import { waitsKnownToTrigger } from '../../nodes/Instaply/n8n/ownWaits';
import { parametersOf } from '../../nodes/Instaply/n8n/parameters';
import { shownWhereSet } from '../../nodes/Instaply/n8n/retiredOption';
import {
	isTriedAgain,
	nodeContext,
	runIdentity,
	toolCallOf,
} from '../../nodes/Instaply/n8n/retryOnFail';
import { hiddenInReview, isReview, reviewMessageProperty } from '../../nodes/Instaply/n8n/review';
import {
	clearStaticData,
	readStaticData,
	readUnsavedStaticData,
	writeStaticData,
} from '../../nodes/Instaply/n8n/staticData';
import { isCalledDirectly } from '../../nodes/Instaply/n8n/tool';
import { hideArguments } from '../../nodes/Instaply/n8n/toolInput';
import {
	resumeUrl,
	storedState,
	WAITING_OPERATION,
	waitingItem,
	waitingWebhooks,
	waitUntil,
} from '../../nodes/Instaply/n8n/waiting';
import { webhookUrl } from '../../nodes/Instaply/n8n/webhook';
import { isAccepted } from '../../nodes/Instaply/n8n/webhookResponse';
import { wokenUp } from '../../nodes/Instaply/n8n/wokenUp';
import manifest from '../../package.json';
import { startServer, type LocalServer } from '../../tools/process/server';
import { agent, callingAgent } from '../support/engine/agentNode';
import { atTime } from '../support/engine/clock';
import { additionalData } from '../support/engine/engine';
import {
	goOn,
	hookContext,
	jsonOf,
	N8N_URL,
	run,
	runAsTool,
	seen,
	start,
	stored,
	webhookContext,
	workflowAround,
	type ProbeNode,
} from '../support/engine/probe';
import { ROOT } from '../support/package/files';
import { NODE } from '../support/unit/node';

/*
 * What n8n does and nowhere documents, each by itself, on nodes of this test's own: red means that n8n
 * has changed. docs/n8n-assumptions.md says what each is needed for.
 */

const ADVICE = new InstaplyError('It did not work', { description: 'Look first.' });
const QUICKLY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

const titles: string[] = [];

/** Shows one assumption; its title is a heading of the page. */
function assumption(title: string, shown: () => Promise<void>): void {
	titles.push(title);
	it(title, shown);
}

const servers: LocalServer[] = [];
afterAll(async () => {
	for (const server of servers) await server.close();
});

/** A server on this machine, at the latest until the tests are over. */
async function serve(app: express.Express): Promise<LocalServer> {
	const server = await startServer(app);
	servers.push(server);
	return server;
}

describe('Items and errors', () => {
	const failing = (item: INodeExecutionData, node: Partial<INode> = {}): ProbeNode => ({
		node: { onError: 'continueErrorOutput', ...node },
		execute: async () => [[item]],
	});
	const details = { description: 'Look first.', httpCode: null };
	const item: INodeExecutionData = {
		json: { error: 'It did not work', details },
		pairedItem: { item: 0 },
	};
	const beside = new NodeOperationError(NODE, 'Beside');

	assumption(
		'Only an item whose JSON holds nothing but error, message and details goes to the error output',
		async () => {
			const one = await run(failing(item));
			expect(jsonOf(one, 'Failed')).toEqual([{ error: 'It did not work', details }]);
			expect(jsonOf(one, 'Done')).toEqual([]);
			const other = await run(failing({ ...item, json: { ...item.json, more: 1 } }));
			expect(jsonOf(other, 'Failed')).toEqual([]);
			expect(jsonOf(other, 'Done')).toEqual([{ error: 'It did not work', details, more: 1 }]);
		},
	);

	assumption('An error beside the JSON of an item takes the place of its details', async () => {
		const failed = jsonOf(await run(failing({ ...item, error: beside })), 'Failed');
		expect(failed).toEqual([{ error: 'Beside' }]);
	});

	assumption(
		'An error that is not enumerable brings an item to the error output, and stays behind',
		async () => {
			// By this JSON, no n8n would know it.
			const json = { ...item.json, more: 1 };
			const hidden = Object.defineProperty({ ...item, json }, 'error', { value: beside });
			const one = await run(failing(hidden));
			expect(jsonOf(one, 'Failed')).toEqual([json]);
			expect(jsonOf(one, 'Done')).toEqual([]);

			const made: INodeExecutionData[] = [];
			const kept = await run({
				...failing(item),
				async execute(context) {
					made.push(errorItem(context, ADVICE, 0));
					return [[...made]];
				},
			});
			expect(jsonOf(kept, 'Failed')).toEqual([item.json]);
			expect(made.map(({ error }) => error?.message)).toEqual(['It did not work']);
		},
	);

	assumption('An item on the error output has the fields of its input item', async () => {
		const ada = [{ name: 'Ada' }];
		const failed = jsonOf(await run(failing(item), ada), 'Failed');
		expect(failed).toEqual([{ name: 'Ada', error: 'It did not work', details }]);
		const unpaired = jsonOf(await run(failing({ json: item.json }), ada), 'Failed');
		expect(unpaired).toEqual([item.json]);
	});

	assumption('A node that continues on fail and throws passes on its input', async () => {
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const execute = async () => {
				throw new NodeOperationError(NODE, 'Thrown');
			};
			const passed = await run({ node: { onError }, execute }, [{ name: 'Ada' }]);
			expect(jsonOf(passed, 'Done')).toEqual([{ name: 'Ada' }]);
			expect(jsonOf(passed, 'Failed')).toEqual([]);
		}
	});

	assumption('A first item with an error in its JSON counts as a failed try', async () => {
		const triesOf = async (items: IDataObject[]) => {
			const expected: boolean[] = [];
			await run({
				node: { onError: 'continueRegularOutput', ...QUICKLY },
				async execute(context) {
					expected.push(isTriedAgain(context, items[0]?.error !== undefined));
					return [items.map((json) => ({ json }))];
				},
			});
			return expected;
		};
		expect(await triesOf([{ error: 'No' }, {}])).toEqual([true, true]);
		expect(await triesOf([{}, { error: 'No' }])).toEqual([false]);
	});

	assumption('An error of n8n that is wrapped again stays as it is, without its item', async () => {
		for (const error of [new NodeApiError(NODE, {}), new NodeOperationError(NODE, 'Refused')]) {
			// The types do not allow it for both, but nodes do it.
			const again: unknown = Reflect.construct(error.constructor, [NODE, error, { itemIndex: 3 }]);
			expect(again).toBe(error);
			expect(error.context.itemIndex).toBeUndefined();
			expect(toNodeError(NODE, error, 3).context.itemIndex).toBe(3);
		}
	});

	assumption(
		'NodeApiError has a text of its own for an HTTP status, unless it is given one',
		async () => {
			const refusal = { message: 'No such thread' };
			const httpCode = '400';
			expect(new NodeApiError(NODE, refusal, { httpCode }).message).not.toBe('No such thread');
			expect(new NodeApiError(NODE, refusal, { httpCode, ...refusal }).message).toBe(
				'No such thread',
			);
		},
	);

	assumption('Only NodeApiError carries an HTTP status', async () => {
		expect(new NodeApiError(NODE, {}, { httpCode: '404' }).httpCode).toBe('404');
		expect(new NodeOperationError(NODE, 'Refused')).not.toHaveProperty('httpCode');
	});

	assumption('An error keeps the cause of its failure, which is one of six', async () => {
		const causes = [...TIMED_CAUSES, ...ACTIONABLE_CAUSES];
		expect([...FAILURE_CAUSES].sort()).toEqual([...causes].sort());
		for (const cause of causes) {
			const failure = { cause };
			expect(new NodeApiError(NODE, {}, { failure }).failure).toEqual(failure);
			expect(new NodeOperationError(NODE, 'Refused', { failure }).failure).toEqual(failure);
		}
	});
});

describe('Parameters', () => {
	const text = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
		...more,
	});
	/** A probe with parameters, as the workflow stores them. */
	const having = (properties: INodeProperties[], parameters: INodeParameters): ProbeNode => ({
		description: { properties },
		node: { parameters },
	});

	assumption(
		'A hidden parameter is missing, and reading it throws, unless the fallback is null',
		async () => {
			const shownForB = text('hidden', { displayOptions: { show: { kind: ['b'] } } });
			const probe = having([text('kind'), shownForB], { kind: 'a', hidden: 'left' });
			const tried = await seen(probe, (context) => {
				expect(() => context.getNodeParameter('hidden', 0)).toThrow('Could not get parameter');
				expect(() => context.getNodeParameter('hidden', 0, undefined)).toThrow();
				return [context.getNodeParameter('hidden', 0, null), parametersOf(context)('hidden')];
			});
			expect(tried).toEqual([null, undefined]);
		},
	);

	assumption('Only what is executed has input, and reads parameters by item', async () => {
		const probe = having([text('name')], { name: '={{ "Ada" }}' });
		const workflow = workflowAround(probe);
		for (const context of [hookContext(workflow), webhookContext(workflow)]) {
			expect(context).not.toHaveProperty('getInputData');
			expect(parametersOf(context)('name')).toBe('Ada');
		}
		const executed = having([text('name')], { name: '={{ $json.name }}' });
		const name = await seen(executed, (context) => parametersOf(context, 1)('name'), [
			{ name: 'Ada' },
			{ name: 'Grace' },
		]);
		expect(name).toBe('Grace');
	});

	assumption('An option that is not offered is dropped', async () => {
		const options: INodeProperties = {
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [
				text('always'),
				text('sometimes', { displayOptions: { show: { '/kind': ['b'] } } }),
			],
		};
		const read = async (kind: string) =>
			await seen(
				having([text('kind'), options], { kind, options: { always: '1', sometimes: '2' } }),
				(context) => parametersOf(context)('options'),
			);
		expect(await read('a')).toEqual({ always: '1' });
		expect(await read('b')).toEqual({ always: '1', sometimes: '2' });
	});

	assumption('A field whose condition is an expression is shown, and insisted on', async () => {
		const required = text('name', {
			required: true,
			displayOptions: { show: { kind: ['b'] } },
		});
		const issuesOf = (kind: string) => {
			const { nodeTypes, nodes } = workflowAround(having([text('kind'), required], { kind }));
			const { description } = nodeTypes.getByNameAndVersion('probe');
			const { Probe: node } = nodes;
			if (node === undefined) throw new Error('There is no probe');
			return NodeHelpers.getNodeParametersIssues(description.properties, node, description);
		};
		expect(issuesOf('a')).toBeNull();
		expect(issuesOf('b')?.parameters).toHaveProperty('name');
		expect(issuesOf('={{ "a" }}')?.parameters).toHaveProperty('name');
	});

	assumption(
		'An expression begins with an equals sign; other braces are left as they are',
		async () => {
			const read = async (name: string) =>
				await seen(having([text('name')], { name }), (context) => [
					context.getNode().parameters.name,
					parametersOf(context)('name'),
				]);
			expect(await read('={{ 1 + 1 }}')).toEqual(['={{ 1 + 1 }}', 2]);
			expect(await read('{{ 1 + 1 }}')).toEqual(['{{ 1 + 1 }}', '{{ 1 + 1 }}']);
		},
	);

	assumption(
		'A resource locator is read with its label; an expression for all of it gives the bare value',
		async () => {
			const locator = text('which', {
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				modes: [{ displayName: 'ID', name: 'id', type: 'string' }],
			});
			const read = async (which: INodeParameters[string]) =>
				await seen(having([locator], { which }), (context) => parametersOf(context)('which'));
			const chosen = { __rl: true, mode: 'list', value: '17', cachedResultName: 'Seventeen' };
			expect(await read(chosen)).toEqual(chosen);
			expect(await read('={{ "17" }}')).toBe('17');
		},
	);

	assumption('Reading one option by its path evaluates no other', async () => {
		const options: INodeProperties = {
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [text('good'), text('bad')],
		};
		const bad = "={{ $('No such node').item.json.name }}";
		const probe = having([options], { options: { good: '={{ 1 + 1 }}', bad } });
		const good = await seen(probe, (context) => {
			expect(() => parametersOf(context)('options')).toThrow();
			return parametersOf(context)('options.good');
		});
		expect(good).toBe(2);
	});

	assumption('A list of rows without a row is an empty object', async () => {
		const rows: INodeProperties = {
			displayName: 'Headers',
			name: 'headers',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			options: [{ displayName: 'Header', name: 'header', values: [text('name')] }],
		};
		const read = async (headers: INodeParameters) =>
			await seen(having([rows], { headers }), (context) => parametersOf(context)('headers'));
		expect(await read({})).toEqual({});
		expect(await read({ header: [{ name: 'a' }] })).toEqual({ header: [{ name: 'a' }] });
	});

	assumption('A field can be hidden by what another one says', async () => {
		const question = text('text', { displayOptions: hiddenInReview });
		const read = async (message: string) =>
			await seen(
				having([reviewMessageProperty, question], { message, text: 'Mine' }),
				(context) => [parametersOf(context)('message'), parametersOf(context)('text')],
			);
		expect(await read('May I?')).toEqual(['May I?', undefined]);
		expect(await read('')).toEqual(['', 'Mine']);
	});

	/** Options of which the last one is shown on a condition. */
	const retiring = (displayOptions: IDisplayOptions): INodeProperties => ({
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [text('other'), text('retired', { displayOptions })],
	});

	assumption('An option can depend on itself, so that only what sets it shows it', async () => {
		const properties = [retiring(shownWhereSet('retired'))];
		const read = async (options: INodeParameters) =>
			await seen(having(properties, { options }), (context) => parametersOf(context)('options'));
		for (const retired of ['x', '={{ "x" }}']) {
			expect(await read({ retired, other: '1' })).toEqual({ retired: 'x', other: '1' });
		}
		for (const retired of [true, false]) expect(await read({ retired })).toEqual({ retired });
		const [option] = (properties[0]?.options ?? []).slice(-1);
		if (option === undefined || !('type' in option)) throw new Error('There is no such option');
		const isOffered = (parameters: INodeParameters) =>
			NodeHelpers.displayParameterPath(
				{ parameters: { options: parameters } },
				option,
				'parameters.options',
				null,
				null,
			);
		expect([isOffered({}), isOffered({ other: '1' })]).toEqual([false, false]);
		expect([isOffered({ retired: false }), isOffered({ retired: '={{ 1 }}' })]).toEqual([
			true,
			true,
		]);
	});

	assumption(
		'A value that is the default is not stored, and is read as what the default is by then',
		async () => {
			const field = text('name', { default: '={{ $json.name }}' });
			const stored = (name: string) =>
				NodeHelpers.getNodeParameters([field], { name }, false, false, null, null);
			expect([stored('={{ $json.name }}'), stored(''), stored('Ada')]).toEqual([
				{},
				{ name: '' },
				{ name: 'Ada' },
			]);
			const read = async (parameters: INodeParameters) =>
				await seen(
					having([field], parameters),
					(context) => [context.getNode().parameters.name, parametersOf(context)('name')],
					[{ name: 'Grace' }],
				);
			expect(await read({})).toEqual(['={{ $json.name }}', 'Grace']);
			expect(await read({ name: '' })).toEqual(['', '']);
		},
	);

	assumption('An option does not see the collections of its node by their path', async () => {
		const byPath = { show: { '/options.retired': [{ _cnd: { exists: true as const } }] } };
		const probe = having([retiring(byPath)], { options: { retired: 'x', other: '1' } });
		const read = await seen(probe, (context) => parametersOf(context)('options'));
		expect(read).toEqual({ other: '1' });
	});

	assumption(
		'An expression sees the parameters of another node by its name, and not its version',
		async () => {
			const older = text('onlyBefore', {
				default: 'preset',
				displayOptions: { show: { '@version': [{ _cnd: { lt: 2 } }] } },
			});
			const probe = having([text('name'), older], { name: 'Ada' });
			const { expression } = workflowAround(probe);
			const see = (what: string): unknown =>
				expression.getParameterValue(`={{ ${what} }}`, null, 0, 0, 'Done', [], 'manual', {});
			expect(see("$('Probe').params.name")).toBe('Ada');
			expect(see("$('Probe').params.onlyBefore")).toBe('preset');
			expect(see("$('Probe').params.typeVersion")).toBeUndefined();
			expect(see('Object.keys($node)')).toEqual([]);
			expect(() => see("$('None').params")).toThrow();
			expect(see("(() => { try { return $('None').params } catch { return 'none' } })()")).toBe(
				'none',
			);
		},
	);
});

describe('Tries and passes', () => {
	/** Counts the tries of a probe, of which the first fails, and reads something in each. */
	const inEachTry = async <T>(look: (context: IExecuteFunctions) => T, input?: IDataObject[]) => {
		const sights: T[] = [];
		const ended = await run(
			{
				node: QUICKLY,
				async execute(context) {
					sights.push(look(context));
					if (sights.length === 1) throw new NodeOperationError(NODE, 'The first try fails');
					return [context.getInputData()];
				},
			},
			input,
		);
		return { sights, ended };
	};

	assumption(
		'A retry runs the node again for all of its items, with the same run index',
		async () => {
			const { sights } = await inEachTry(
				(context) => [context.getInputData().length, runIdentity(context)],
				[{}, {}, {}],
			);
			const try_ = [3, { runIndex: 0, executionId: '17' }];
			expect(sights).toEqual([try_, try_]);
		},
	);

	assumption('The context of a node outlives a try, and is stored with the execution', async () => {
		const { sights, ended } = await inEachTry((context) => {
			const before = { ...nodeContext(context) };
			nodeContext(context).kept = true;
			return before;
		});
		expect(sights).toEqual([{}, { kept: true }]);
		expect(JSON.stringify(stored(ended))).toContain('"kept":true');
	});

	assumption(
		'A further pass of a loop has a run index of its own, and the same context',
		async () => {
			const sights: unknown[] = [];
			const workflow = workflowAround(
				{
					async execute(context) {
						sights.push([runIdentity(context).runIndex, { ...nodeContext(context) }]);
						nodeContext(context).kept = true;
						return [context.getInputData()];
					},
				},
				2,
			);
			await start(workflow);
			expect(sights).toEqual([
				[0, {}],
				[1, { kept: true }],
			]);
		},
	);

	assumption(
		'A stored execution that a person retries keeps run index and context, not its ID',
		async () => {
			const sights: unknown[] = [];
			const workflow = workflowAround({
				async execute(context) {
					sights.push([runIdentity(context), nodeContext(context).kept]);
					nodeContext(context).kept = true;
					if (sights.length === 1) throw new NodeOperationError(NODE, 'The first one fails');
					return [context.getInputData()];
				},
			});
			const { resultData, ...others } = stored(await start(workflow));
			const runData = { ...resultData.runData };
			delete runData.Probe;
			// What n8n's server does for the button Retry.
			const retried = { ...others, resultData: { ...resultData, runData, error: undefined } };
			expect(jsonOf(await goOn(workflow, retried, '18'), 'Done')).toEqual([{}]);
			expect(sights).toEqual([
				[{ runIndex: 0, executionId: '17' }, undefined],
				[{ runIndex: 0, executionId: '18' }, true],
			]);
		},
	);

	assumption('The stop button aborts the signal of the execution', async () => {
		const { signal, execution } = await new Promise<{
			signal: AbortSignal | undefined;
			execution: ReturnType<typeof start>;
		}>((resolve) => {
			const workflow = workflowAround({
				async execute(context) {
					const signal = context.getExecutionCancelSignal();
					resolve({ signal, execution });
					await new Promise((stopped) => signal?.addEventListener('abort', stopped));
					return [[]];
				},
			});
			const execution = start(workflow);
		});
		expect(signal?.aborted).toBe(false);
		execution.cancel();
		expect(signal?.aborted).toBe(true);
		await execution;
	});
});

describe('AI agents', () => {
	assumption('What an agent reads of a tool is the action of its operation', async () => {
		const options = [
			{ name: 'Send', value: 'send', action: 'Send a message', description: 'Long' },
		];
		const choice = (name: string, choices: INodePropertyOptions[]): INodeProperties => ({
			displayName: name,
			name,
			type: 'options',
			default: choices[0]?.value ?? '',
			options: choices,
		});
		const probe: ProbeNode = {
			description: {
				properties: [
					choice('resource', [{ name: 'Message', value: 'message' }]),
					{ ...choice('operation', options), displayOptions: { show: { resource: ['message'] } } },
				],
			},
			node: { parameters: { resource: 'message', operation: 'send' } },
		};
		const calls = JSON.stringify([{ tool: 'Probe', args: {} }]);
		const { offered } = (await runAsTool(probe, agent, { calls })) ?? {};
		expect(offered).toEqual([{ name: 'Probe', description: 'Send a message in Probe', args: {} }]);
	});

	assumption('A tool that the engine runs for an agent is told where its output goes', async () => {
		const sights: unknown[] = [];
		const probe: ProbeNode = {
			async execute(context) {
				sights.push(context.getNode().rewireOutputLogTo);
				return [context.getInputData()];
			},
		};
		await runAsTool(probe, agent, { calls: JSON.stringify([{ tool: 'Probe', args: {} }]) });
		await run(probe);
		expect(sights).toEqual(['ai_tool', undefined]);
	});

	assumption('Of an error in such a tool, a model reads the message alone', async () => {
		const read = async (wrapped: (node: INode) => Error) =>
			await runAsTool(
				{
					async execute(context) {
						throw wrapped(context.getNode());
					},
				},
				agent,
				{ calls: JSON.stringify([{ tool: 'Probe', args: {} }]) },
			);
		const { message, description } = ADVICE;
		const plain = await read((node) => new NodeOperationError(node, message, { description }));
		expect(plain?.read).toEqual(['[{"error":"It did not work"}]']);
		const advised = await read((node) => toNodeError(node, ADVICE));
		expect(advised?.read).toEqual(['[{"error":"It did not work. Look first."}]']);
	});

	assumption(
		'A call of such a tool has a run index of its own, which its tries share',
		async () => {
			const sights: unknown[] = [];
			const call = { tool: 'Probe', args: {} };
			await runAsTool(
				{
					node: QUICKLY,
					async execute(context) {
						sights.push([runIdentity(context).runIndex, toolCallOf(context)]);
						if (sights.length % 2 === 1) throw new NodeOperationError(NODE, 'The first try fails');
						return [context.getInputData()];
					},
				},
				agent,
				{ calls: JSON.stringify([call, call]) },
			);
			expect(sights).toEqual([0, 0, 1, 1].map((runIndex) => [runIndex, undefined]));
		},
	);

	assumption(
		'An error of a tool that an older agent calls gets its description added to the message',
		async () => {
			const readOf = async (message: string) =>
				await runAsTool(
					{
						async execute() {
							throw new NodeOperationError(NODE, message, { description: 'Look first.' });
						},
					},
					callingAgent,
				);
			expect((await readOf('It did not work'))?.read).toEqual(
				Array(2).fill('It did not work\n\nDetails: Look first.'),
			);
		},
	);

	assumption(
		'A call of a tool by an older agent has one arguments object in all tries, and a run index in each',
		async () => {
			const sights: Array<[object | undefined, unknown]> = [];
			const failed = new Set<object | undefined>();
			await runAsTool(
				{
					node: QUICKLY,
					async execute(context) {
						const call = toolCallOf(context);
						sights.push([call, runIdentity(context).runIndex]);
						if (!failed.has(call)) {
							failed.add(call);
							throw new NodeOperationError(NODE, 'The first try fails');
						}
						return [context.getInputData()];
					},
				},
				callingAgent,
			);
			const [first, again, second, secondAgain] = sights.map(([call]) => call);
			expect(sights.map(([, runIndex]) => runIndex)).toEqual([0, 1, 2, 3]);
			expect(first).toBeDefined();
			expect(again).toBe(first);
			expect(second).not.toBe(first);
			expect(secondAgain).toBe(second);
			await run({
				async execute(context) {
					expect(toolCallOf(context)).toBeUndefined();
					return [[]];
				},
			});
		},
	);

	assumption('A tool that an older agent calls cannot wait, and counts its runs', async () => {
		const sights: unknown[] = [];
		const probe: ProbeNode = {
			async execute(context) {
				sights.push([isCalledDirectly(context), 'getNextRunIndex' in context]);
				if (isCalledDirectly(context)) await context.putExecutionToWait(new Date());
				return [[{ json: { at: 'once' } }]];
			},
		};
		const called = await runAsTool(probe, callingAgent);
		expect(called?.read).toEqual(Array(2).fill('[{"at":"once"}]'));
		expect(sights.splice(0)).toEqual(Array(2).fill([true, true]));
		await runAsTool(probe, agent, { calls: JSON.stringify([{ tool: 'Probe', args: {} }]) });
		await run(probe);
		expect(sights).toEqual(Array(2).fill([false, false]));
	});

	assumption('Into a tool goes all that came into its agent', async () => {
		const sights: unknown[] = [];
		const probe: ProbeNode = {
			async execute(context) {
				sights.push(context.getInputData()[0]?.json.cookie);
				return [[]];
			},
		};
		const calls = JSON.stringify([{ tool: 'Probe', args: {} }]);
		await runAsTool(probe, agent, { calls, cookie: 'of a visitor' });
		expect(sights).toEqual(['of a visitor']);
	});

	const field = (name: string): INodeProperties => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
	});
	/** Reads a field that is left to the model, and one that is not. */
	const reading: Omit<ProbeNode, 'execute'> = {
		description: { properties: [field('left'), field('fixed')] },
		node: { parameters: { left: "={{ $fromAI('text') }}", fixed: '={{ $json.thread }}' } },
	};
	const readBy = (context: IExecuteFunctions) =>
		['left', 'fixed'].map((name) => context.getNodeParameter(name, 0));
	const dataIn = (context: object): IRunExecutionData => {
		if (!('runExecutionData' in context)) throw new Error('The context has no data');
		return context.runExecutionData as IRunExecutionData;
	};
	const saysMore = {
		calls: JSON.stringify([{ tool: 'Probe', args: { text: 'Hello', thread: 'other' } }]),
		thread: 'own',
	};

	assumption(
		'What a model says lies over what came into its agent, whatever was left to it',
		async () => {
			const sights: unknown[] = [];
			const execute = async (context: IExecuteFunctions) => {
				sights.push(readBy(context), context.getInputData()[0]?.json.thread);
				return [[]];
			};
			await runAsTool({ ...reading, execute }, agent, saysMore);
			expect(sights).toEqual([['Hello', 'other'], 'other']);
		},
	);

	assumption(
		'While a tool runs, its agent waits to run next, with its input and the calls',
		async () => {
			const sights: unknown[] = [];
			const execute = async (context: IExecuteFunctions) => {
				for (const waiting of dataIn(context).executionData?.nodeExecutionStack ?? []) {
					const { node, data, metadata } = waiting;
					const [call] = metadata?.subNodeExecutionData?.actions ?? [];
					sights.push([
						node.name,
						data.main?.[0]?.[0]?.json.thread,
						call?.nodeName,
						call?.runIndex,
					]);
					sights.push([call?.action.input, call?.action.metadata]);
				}
				return [[]];
			};
			await runAsTool({ ...reading, execute }, agent, saysMore);
			expect(sights).toEqual([
				['Agent', 'own', 'Probe', 0],
				[{ text: 'Hello', thread: 'other' }, { itemIndex: 0 }],
			]);
		},
	);

	assumption(
		'Expressions read $json from a list of the context, and $fromAI from the run of the tool',
		async () => {
			const sights: unknown[] = [];
			const execute = async (context: IExecuteFunctions) => {
				hideArguments(context);
				sights.push(readBy(context));
				// Should n8n keep the list elsewhere one day.
				const proxy = { ...context.getWorkflowDataProxy(0), $json: { thread: 'other' } };
				Object.assign(context, { getWorkflowDataProxy: () => proxy });
				expect(() => hideArguments(context)).toThrow('n8n does not tell');
				return [[]];
			};
			const { read } = (await runAsTool({ ...reading, execute }, agent, saysMore)) ?? {};
			expect(sights).toEqual([['Hello', 'own']]);
			expect(read).toEqual(['[]']);
		},
	);

	assumption('Without a run of the tool, as in a retry, $fromAI reads its input', async () => {
		const sights: unknown[] = [];
		const execute = async (context: IExecuteFunctions) => {
			delete Object(context).runExecutionData.resultData.runData.Probe[0];
			sights.push(readBy(context));
			Object.assign(context, { connectionInputData: [{ json: { text: 'Input' } }] });
			sights.push(readBy(context));
			hideArguments(context);
			sights.push(readBy(context));
			return [[]];
		};
		await runAsTool({ ...reading, execute }, agent, saysMore);
		expect(sights).toEqual([
			['Hello', 'other'],
			['Input', undefined],
			['Hello', 'own'],
		]);
	});

	assumption('Nothing leads to such a tool, which is told its agent as the source', async () => {
		const sights: unknown[] = [];
		const probe: ProbeNode = {
			async execute(context) {
				const namesBefore = (name: string) => context.getParentNodes(name).map((node) => node.name);
				sights.push([namesBefore('Probe'), namesBefore('Agent')]);
				sights.push(context.getExecuteData().source?.main?.[0]?.previousNode);
				sights.push(nodesBefore(context).map((node) => node.name));
				return [[]];
			},
		};
		await runAsTool(probe, agent, { calls: JSON.stringify([{ tool: 'Probe', args: {} }]) });
		expect(sights).toEqual([[[], ['Input']], 'Agent', ['Input']]);
	});

	assumption('A node type for human review has a name that ends with HitlTool', async () => {
		for (const type of ['x.instaplyHitlTool', 'x.instaplyTool', 'x.instaply']) {
			expect(isReview({ type })).toBe(isHitlToolType(type));
		}
		expect(isReview({ type: 'x.instaplyHitlTool' })).toBe(true);
	});

	assumption('The operation that n8n offers for human review is called sendAndWait', async () => {
		expect(WAITING_OPERATION).toBe(SEND_AND_WAIT_OPERATION);
	});
});

describe('Requests', () => {
	interface Received {
		method: string;
		url: string;
		contentType: string | undefined;
		token: unknown;
	}
	const received: Received[] = [];
	const app = express();
	app.use((request, response) => {
		const { method, url, headers } = request;
		received.push({ method, url, contentType: headers['content-type'], token: headers.token });
		if (url === '/redirect') return void response.redirect('/elsewhere');
		if (url === '/endless') return void response.write(' ');
		response.status(url === '/refused' ? 418 : 200).json({ ok: true });
	});
	let server: LocalServer;
	beforeAll(async () => {
		server = await serve(app);
	});
	beforeEach(() => received.splice(0));

	const request = async (to: string, node: Partial<INode> = {}) =>
		await seen({ node }, async (context) => {
			const options = { ...RAW_RESPONSE, url: to };
			return await toResult(
				async () =>
					await context.helpers.httpRequestWithAuthentication.call(context, 'instaplyApi', options),
			);
		});
	const errorOf = (result: Result<unknown>) => ('error' in result ? result.error : undefined);

	assumption(
		'A response comes back as bytes, whatever its status, and no redirect is followed',
		async () => {
			for (const [path, status] of [
				['/', 200],
				['/refused', 418],
				['/redirect', 302],
			] as const) {
				const response = await request(`${server.url}${path}`);
				if (!('value' in response)) throw response.error;
				expect(response.value.body).toBeInstanceOf(Uint8Array);
				expect(toHttpResponse(response.value)).toMatchObject({
					status,
					headers: { 'content-type': expect.any(String) },
					body: path === '/redirect' ? expect.any(String) : '{"ok":true}',
				});
			}
			expect(received.map((each) => each.url)).toEqual(['/', '/refused', '/redirect']);
		},
	);

	assumption(
		'A request without a body keeps the Content-Type that the credential adds',
		async () => {
			await request(`${server.url}/`);
			expect(received).toMatchObject([
				{ method: 'GET', url: '/', contentType: 'application/json' },
			]);
		},
	);

	assumption(
		'Of a request that gets no response, what axios threw is the cause of the error',
		async () => {
			const gone = await serve(express());
			await gone.close();
			const error = errorOf(await request(gone.url));
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error).toMatchObject({ cause: { isAxiosError: true, code: 'ECONNREFUSED' } });
			expect(networkFailureIn(error)).toEqual({ code: 'ECONNREFUSED' });
		},
	);

	assumption(
		'Of a request that n8n refuses to send, the error has nothing of axios in it',
		async () => {
			const error = errorOf(await request(`${server.url}/`, { credentials: undefined }));
			expect(error).toBeInstanceOf(Error);
			expect(networkFailureIn(error)).toBeUndefined();
			expect(received).toEqual([]);
		},
	);

	assumption('The helper sends OPTIONS, which its type does not list', async () => {
		const response: unknown = await seen(
			{},
			async (context) =>
				await context.helpers.httpRequest({
					...RAW_RESPONSE,
					url: `${server.url}/`,
					method: 'OPTIONS' as IHttpRequestMethods,
				}),
		);
		expect(response).toMatchObject({ statusCode: 200 });
		expect(received).toMatchObject([{ method: 'OPTIONS', url: '/' }]);
	});

	assumption('A signal ends a request, even while its response comes in', async () => {
		const result = await seen({}, async (context) => {
			const abortSignal = AbortSignal.timeout(200);
			const options = { ...RAW_RESPONSE, url: `${server.url}/endless`, abortSignal };
			return await toResult(async () => await context.helpers.httpRequest(options));
		});
		expect(received).toHaveLength(1);
		expect(errorOf(result)).toMatchObject({ code: 'ERR_CANCELED' });
	});

	assumption(
		'In a request of an execution, the signal of the stop button takes the place of any other',
		async () => {
			const stopped = AbortSignal.abort();
			const send = async (context: IExecuteFunctions) =>
				await toResult(
					async () =>
						await context.helpers.httpRequestWithAuthentication.call(context, 'instaplyApi', {
							...RAW_RESPONSE,
							url: `${server.url}/`,
							abortSignal: stopped,
						}),
				);
			expect(await seen({}, send)).toHaveProperty('value');
			const result = await seen({}, async (context) => send(withCancelSignal(context, stopped)));
			expect(networkFailureIn(errorOf(result))).toEqual({ code: 'ERR_CANCELED' });
		},
	);

	assumption(
		'A request that brings the data of its credential does not have it resolved',
		async () => {
			const data = { token: 'another', baseUrl: '' };
			await seen(
				{ node: { credentials: undefined } },
				async (context) =>
					await context.helpers.httpRequestWithAuthentication.call(
						context,
						'instaplyApi',
						{ ...RAW_RESPONSE, url: `${server.url}/` },
						{ credentialsDecrypted: { id: '', name: '', type: 'instaplyApi', data } },
					),
			);
			expect(received).toMatchObject([{ token: 'another' }]);
		},
	);

	assumption(
		'The test of a credential has one request helper, which takes options of its own',
		async () => {
			const context = new CredentialTestContext(additionalData({}));
			expect(context.helpers).not.toHaveProperty('httpRequest');
			const response = await sendTestRequest(
				context,
				{ baseURL: server.url, url: '/refused' },
				new AbortController().signal,
			);
			expect(response).toMatchObject({ statusCode: 418, headers: expect.any(Object) });
		},
	);

	assumption(
		'An action node learns the addresses of its n8n from its resume URL and from the editor',
		async () => {
			const addresses = await seen({}, (context) => {
				const ownInstance = new OwnInstance(context, () => false);
				return {
					resumeUrl: String(context.getWorkflowDataProxy(0).$execution.resumeUrl),
					editor: context.getInstanceBaseUrl(),
					own: ownInstance.owns(`${N8N_URL}/webhook/x/webhook`),
					others: ownInstance.owns('https://n8n.example/elsewhere/webhook/x/webhook'),
				};
			});
			expect(addresses).toEqual({
				resumeUrl: expect.stringMatching(
					/^https:\/\/n8n\.example\/below\/webhook-waiting\/17(\?|$)/,
				),
				editor: `${N8N_URL}/`,
				own: true,
				others: false,
			});
		},
	);
});

describe('Waiting', () => {
	const STATE = { question: { fingerprint: 'abc' } };
	const waiting = (more: Partial<ProbeNode> = {}): ProbeNode => ({
		async execute(context) {
			const [item = { json: {} }] = context.getInputData();
			const timedOut = { ...item, json: { ...item.json, timedOut: true } };
			await waitUntil(context, new Date(Date.now() + 60_000), STATE, timedOut);
			return [[{ json: {} }]];
		},
		...more,
	});
	const untilItWaits = async (workflow: Workflow) => {
		const ended = await start(workflow, [{ name: 'Ada' }]);
		expect(ended.waitTill).toBeInstanceOf(Date);
		return stored(ended);
	};

	assumption('The URL that resumes an execution is signed together with its query', async () => {
		const [one, same, other] = await seen({}, (context) =>
			[{ thread: '1' }, { thread: '1' }, { thread: '2' }].map(
				(query) => new URL(context.getSignedResumeUrl(query)),
			),
		);
		const signatureOf = (address?: URL) => address?.searchParams.get('signature');
		expect(one?.searchParams.get('thread')).toBe('1');
		expect(signatureOf(one)).toMatch(/^[0-9a-f]{64}$/);
		expect(signatureOf(same)).toBe(signatureOf(one));
		expect(signatureOf(other)).not.toBe(signatureOf(one));
	});

	assumption('The address of an execution that expressions see holds its token', async () => {
		const urls: URL[] = [];
		const workflow = workflowAround({
			async execute(context) {
				urls.push(new URL(resumeUrl(context, { thread: '1' })));
				return [context.getInputData()];
			},
		});
		const { resumeToken } = stored(await start(workflow));
		expect(resumeToken).toMatch(/^[\w-]+$/);
		expect(urls.map(({ pathname }) => pathname)).toEqual(['/below/webhook-waiting/17']);
		expect(Object.fromEntries(urls[0]?.searchParams ?? [])).toEqual({
			thread: '1',
			signature: `${resumeToken}/id-of-Probe`,
		});
	});

	assumption(
		'Each pass of a loop gets the same URL, which ends with the ID of the node',
		async () => {
			const urls: string[] = [];
			const workflow = workflowAround(
				{
					async execute(context) {
						urls.push(context.getSignedResumeUrl());
						return [context.getInputData()];
					},
				},
				2,
			);
			await start(workflow);
			expect(urls).toHaveLength(2);
			expect(urls[0]).toBe(urls[1]);
			expect(new URL(urls[0] ?? '').pathname).toBe('/below/webhook-waiting/17/id-of-Probe');
		},
	);

	assumption('The webhook of a waiting node is found by the ID of the node', async () => {
		const { nodes, expression, id } = workflowAround({});
		const [webhook] = waitingWebhooks;
		const { Probe: node } = nodes;
		if (webhook === undefined || node === undefined) throw new Error('Nothing waits');
		const path = String(
			expression.getSimpleParameterValue(node, webhook.path, 'webhook', {}, undefined),
		);
		const { isFullPath, restartWebhook } = webhook;
		const found = NodeHelpers.getNodeWebhookPath(
			id,
			node,
			path,
			isFullPath === true,
			restartWebhook === true,
		);
		expect(found).toBe('id-of-Probe');
	});

	assumption(
		'An execution that is stored as waiting goes on with the stored input, and calls no node',
		async () => {
			let calls = 0;
			const workflow = workflowAround({
				async execute(context) {
					calls += 1;
					context.getExecuteData().data.main = [[{ json: { name: 'Ada', timedOut: true } }]];
					await context.putExecutionToWait(new Date());
					return [[{ json: {} }]];
				},
			});
			const data = await untilItWaits(workflow);
			expect(data).toHaveProperty('waitTill');
			const retried = '18';
			for (const ended of [await goOn(workflow, data), await goOn(workflow, data, retried)]) {
				expect(jsonOf(ended, 'Done')).toEqual([{ name: 'Ada', timedOut: true }]);
				expect(jsonOf(ended, 'Input')).toEqual([{ name: 'Ada' }]);
			}
			expect(calls).toBe(1);
		},
	);

	assumption(
		'An execution that is not stored as waiting calls the node again, in the run that it is told',
		async () => {
			const woken: unknown[] = [];
			const probe = waiting();
			const workflow = workflowAround({
				async execute(context) {
					woken.push(wokenUp(context)?.why);
					if (woken.length > 1) return [context.getInputData()];
					return (await probe.execute?.(context)) ?? [];
				},
			});
			const ended = await start(workflow, [{ name: 'Ada' }]);
			// n8n stores this in a column of its own.
			expect(ended.waitTill).toBeInstanceOf(Date);
			const data = stored(ended);
			expect(data).not.toHaveProperty('waitTill');
			const over = await atTime(Number(ended.waitTill), async () => await goOn(workflow, data));
			const retried = await goOn(workflow, stored(ended), '18');
			expect(woken).toEqual([undefined, 'over', 'retried']);
			expect(jsonOf(over, 'Done')).toEqual([{ name: 'Ada', timedOut: true }]);
			expect(jsonOf(retried, 'Done')).toEqual([{ name: 'Ada' }]);
			for (const { data: kept } of [over, retried]) {
				const { Probe: runs = [], Done: [done] = [] } = kept.resultData.runData;
				expect(runs.map(({ executionStatus }) => executionStatus)).toEqual(['success']);
				expect(done?.source).toMatchObject([{ previousNode: 'Probe' }]);
			}
		},
	);

	assumption('Expressions in a webhook see the context of a node that waits', async () => {
		const workflow = workflowAround(waiting());
		const context = webhookContext(workflow, { waiting: await untilItWaits(workflow) });
		expect(context).not.toHaveProperty('getContext');
		expect(await storedState(context, 'question')).toEqual(STATE.question);
		expect(await storedState(webhookContext(workflow), 'question')).toBeUndefined();
	});

	assumption('Braces end an expression, even within a text', async () => {
		const name = 'Ask {{ "both" }}';
		const workflow = workflowAround(waiting({ node: { name } }));
		const context = webhookContext(workflow, { waiting: await untilItWaits(workflow) });
		expect(await storedState(context, 'question')).toEqual(STATE.question);
		const unescaped = `{{ $node[${JSON.stringify(name)}].context.question }}`;
		const read = await toResult((): unknown => context.evaluateExpression(unescaped));
		expect('value' in read ? read.value : undefined).not.toEqual(STATE.question);
	});

	assumption(
		'Expressions in a webhook see the stored item, and no longer what came in',
		async () => {
			const workflow = workflowAround(
				waiting({
					description: {
						properties: [{ displayName: 'X', name: 'x', type: 'string', default: '' }],
					},
					node: { parameters: { x: '={{ $json.timedOut }}' } },
				}),
			);
			const context = webhookContext(workflow, { waiting: await untilItWaits(workflow) });
			expect(waitingItem(context)?.json).toEqual({ name: 'Ada', timedOut: true });
			expect(parametersOf(context)('x')).toBe(true);
		},
	);
});

describe('Webhooks and triggers', () => {
	assumption('The URL of a webhook holds an ID that no other node has', async () => {
		const at = (webhookId: string) =>
			webhookUrl(hookContext(workflowAround({ node: { webhookId } })));
		expect(at('one')).toBe(`${N8N_URL}/webhook/one/webhook`);
		expect(at('two')).toBe(`${N8N_URL}/webhook/two/webhook`);
	});

	assumption('A trigger learns the address of its n8n from the URL of its webhook', async () => {
		const execution = await seen({}, (context) => {
			return new URL('.', String(context.getWorkflowDataProxy(0).$execution.resumeUrl)).href;
		});
		for (const webhookId of ['one', undefined]) {
			const workflow = workflowAround({ node: { webhookId } });
			for (const context of [hookContext(workflow), webhookContext(workflow)]) {
				const { owns } = waitsKnownToTrigger(context);
				expect(owns(`${execution}17/id-of-Probe`)).toBe(true);
				expect(owns('https://n8n.example/elsewhere/webhook-waiting/17/id-of-Probe')).toBe(false);
			}
		}
	});

	assumption(
		'A test run is registered at a URL of its own, but a delivery to it is told the published one',
		async () => {
			const workflow = workflowAround({});
			const path = 'webhook-of-Probe/webhook';
			const isTest = true;
			expect(webhookUrl(hookContext(workflow, { isTest }))).toBe(`${N8N_URL}/webhook-test/${path}`);
			expect(webhookUrl(webhookContext(workflow, { isTest }))).toBe(`${N8N_URL}/webhook/${path}`);
		},
	);

	assumption(
		'Static data belongs to one loaded copy of a workflow, and others see it once it is saved',
		async () => {
			const [published, loaded] = [workflowAround({}), workflowAround({})];
			writeStaticData(hookContext(published), { secret: 'new' });
			expect(readStaticData(webhookContext(published))).toEqual({ secret: 'new' });
			expect(published.staticData).toMatchObject({ 'node:Probe': { secret: 'new' } });
			expect(readStaticData(webhookContext(loaded))).toEqual({});
			expect(readUnsavedStaticData(webhookContext(loaded))).toEqual({ secret: 'new' });
			clearStaticData(hookContext(published), ['secret']);
			expect(readUnsavedStaticData(webhookContext(loaded))).toEqual({});
		},
	);

	assumption(
		'prefinish is emitted when a response is sent, even if the sender has hung up',
		async () => {
			for (const hangsUp of [false, true]) {
				const sender = new AbortController();
				const app = express();
				const responded = new Promise<boolean>((resolve) => {
					app.post('/', (request, response) => {
						const context = webhookContext(workflowAround({}), { request, response });
						void isAccepted(context).then(resolve);
						if (!hangsUp) return void response.json({});
						response.once('close', () => response.json({}));
						sender.abort();
					});
				});
				const server = await serve(app);
				const { signal } = sender;
				const sent = await toResult(
					async () => await fetch(server.url, { method: 'POST', signal }),
				);
				expect('error' in sent).toBe(hangsUp);
				expect(await responded).toBe(true);
			}
		},
	);

	assumption(
		'The context of a delivery holds what evaluates expressions, and lets go of it when it is told to',
		async () => {
			const workflow = workflowAround({});
			const done: string[] = [];
			const { expression } = workflow;
			expression.releaseIsolate = async () => void done.push('released');
			expression.acquireIsolate = async () => done.push('acquired') > 0;
			const app = express();
			app.post('/', (request, response) => {
				const context = webhookContext(workflow, { request, response });
				const work = async () => void done.push('worked');
				void withoutIsolate(context, work).then(() => response.json({}));
			});
			await fetch((await serve(app)).url, { method: 'POST' });
			expect(done).toEqual(['released', 'worked', 'acquired']);
		},
	);
});

/** A heading of the page and the facts below it, which begin with a bold name. */
interface Section {
	title: string;
	facts: Record<string, string>;
}

describe('The page', () => {
	const read = async (file: string) => await readFile(join(ROOT, file), 'utf8');
	const page = read('docs/n8n-assumptions.md');
	const sections = page.then((text): Section[] =>
		text
			.split(/^### /m)
			.slice(1)
			.map((section) => {
				const [title = '', ...lines] = section.split(/^#/m)[0]?.trim().split('\n') ?? [];
				const facts = lines.map((line) => /^- \*\*(.+?):\*\* (.+)$/.exec(line)?.slice(1) ?? []);
				return { title, facts: Object.fromEntries(facts) };
			}),
	);

	it('has every assumption that is shown here, in the same order, and no other', async () => {
		const shownHere = (await sections).filter(({ facts }) => facts['Shown by'] === undefined);
		expect(shownHere.map(({ title }) => title)).toEqual(titles);
	});

	it('says of each where, what for, and on which version', async () => {
		const incomplete = (await sections).filter(({ facts }) =>
			['Where', 'Without it', 'Measured on'].some((fact) => facts[fact] === undefined),
		);
		expect(incomplete).toEqual([]);
	});

	it('names places that exist in the code', async () => {
		for (const { facts } of await sections) {
			const places = [
				...(facts.Where ?? '').matchAll(/`([\w/.]+\.ts)` \((`[^`]+`(?:, `[^`]+`)*)\)/g),
			];
			expect(places).not.toEqual([]);
			for (const [, file = '', names = ''] of places) {
				const isCredential = file.startsWith('credentials/');
				const code = await read(isCredential ? file : `nodes/Instaply/${file}`);
				for (const [, name = ''] of names.matchAll(/`([^`]+)`/g)) {
					expect({ file, name, found: code.includes(name) }).toEqual({ file, name, found: true });
				}
			}
		}
	});

	it('names tests that exist where nothing is shown here', async () => {
		for (const { title, facts } of await sections) {
			const shownBy = facts['Shown by'];
			if (shownBy === undefined || shownBy.startsWith('no test')) continue;
			const tests = [...shownBy.matchAll(/`(test\/[\w/.-]+\.test\.ts)`, "([^"]+)"/g)];
			expect({ title, tests }).not.toEqual({ title, tests: [] });
			for (const [, file = '', name = ''] of tests) {
				const found = (await read(file)).includes(`'${name}'`);
				expect({ file, name, found }).toEqual({ file, name, found: true });
			}
		}
	});

	it('says on which version of n8n it was last checked', async () => {
		const { 'n8n-core': core } = manifest.devDependencies;
		expect(await page).toContain(`Last checked on n8n ${core}.`);
	});
});
