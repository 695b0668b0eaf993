import './quiet';

import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IRun,
	IRunExecutionData,
	NodeApiError,
	NodeOperationError,
	Workflow,
} from 'n8n-workflow';

import { INSTAPLY } from '../../../lab/nodes';
import { to } from '../../../lab/workflow';
import type { Sandbox } from '../../../sandbox/server';
import { INPUT, instaplyWorkflow, PASS } from './engine';
import { resumeWorkflow, startWorkflow } from './execution';

/** A run of the Instaply node on the real execution engine of n8n. */
export interface Run {
	/** What came out of the node. */
	items: INodeExecutionData[];
	/** What arrived behind its success and its error output. */
	succeeded: IDataObject[];
	failed: IDataObject[];
	/** Why the node stopped. */
	error?: NodeApiError | NodeOperationError;
	/** All that n8n keeps of the execution. */
	kept: IRun;
}

/** How to run the node; `input` are the items that reach it. */
export interface RunOptions extends Partial<
	Pick<INode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>
> {
	parameters: INodeParameters;
	input?: IDataObject[];
	token?: string;
	baseUrl?: string;
	/** Where n8n takes itself to be. */
	n8nUrl?: string;
	/** How often the execution comes to the node; default 1. */
	passes?: 1 | 2;
}

/** Runs `Input -> Instaply -> (Succeeded, Failed)` against a sandbox. */
export async function runInstaply(
	sandbox: Pick<Sandbox, 'url' | 'token'>,
	options: RunOptions,
): Promise<Run> {
	return await startInstaply(sandbox, options).done;
}

/** As `runInstaply`; `stop` is the stop button. */
export function startInstaply(
	sandbox: Pick<Sandbox, 'url' | 'token'>,
	options: RunOptions,
): { done: Promise<Run>; stop(): void } {
	const { input = [{}], token, baseUrl, n8nUrl } = options;
	const run = startWorkflow(workflowAround(options), input, {
		token: token ?? sandbox.token,
		baseUrl: baseUrl ?? sandbox.url,
		n8nUrl,
	});
	return { done: run.then(readRun), stop: () => run.cancel() };
}

/** Goes on where a stored execution stopped at the node, as n8n does when a person retries it. */
export async function resumeInstaply(
	{ token, url }: Pick<Sandbox, 'url' | 'token'>,
	options: RunOptions,
	{ resultData, ...stored }: IRunExecutionData,
): Promise<Run> {
	const before = Object.entries(resultData.runData).filter(([name]) => name !== 'Instaply');
	const runData = Object.fromEntries(before);
	const data = { ...stored, resultData: { ...resultData, runData, error: undefined } };
	const workflow = workflowAround(options);
	return readRun(await resumeWorkflow(workflow, data, { token, baseUrl: url }));
}

/** Goes on with an execution that waits, as n8n does when the time is up; a person's retry gets another ID. */
export async function goOnWaiting(
	{ token, url }: Pick<Sandbox, 'url' | 'token'>,
	options: RunOptions,
	stored: IRunExecutionData,
	executionId?: string,
): Promise<Run> {
	const environment = { token, baseUrl: url, executionId };
	const read = structuredClone(stored);
	return readRun(await resumeWorkflow(workflowAround(options), read, environment));
}

function workflowAround({ parameters, passes = 1, ...settings }: RunOptions): Workflow {
	const { onError, retryOnFail, maxTries, waitBetweenTries } = settings;
	const node = { parameters, onError, retryOnFail, maxTries, waitBetweenTries };
	return instaplyWorkflow(
		[
			{ name: 'Input', type: INPUT, parameters: {} },
			{ name: 'Once more', type: PASS, parameters: {} },
			{ name: 'Instaply', type: INSTAPLY, ...node },
			{ name: 'Succeeded', type: PASS, parameters: {} },
			{ name: 'Failed', type: PASS, parameters: {} },
		],
		{
			Input: to(passes === 1 ? 'Instaply' : ['Instaply', 'Once more']),
			'Once more': to('Instaply'),
			Instaply: to('Succeeded', 'Failed'),
		},
	);
}

function readRun(kept: IRun): Run {
	const { resultData } = kept.data;
	const outputOf = (node: string) => resultData.runData[node]?.at(-1)?.data?.main?.[0] ?? [];
	const jsonOf = (node: string) => outputOf(node).map(({ json }) => json);
	const error = resultData.error;
	return {
		items: outputOf('Instaply'),
		succeeded: jsonOf('Succeeded'),
		failed: jsonOf('Failed'),
		...(error !== undefined && { error: asNodeError(error) }),
		kept,
	};
}

function asNodeError(error: object): NodeApiError | NodeOperationError {
	// n8n-core types it as any of its errors; a node throws only these.
	return error as NodeApiError | NodeOperationError;
}
