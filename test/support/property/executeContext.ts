import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INode,
	IWorkflowDataProxyData,
} from 'n8n-workflow';

import { NODE } from '../unit/node';

/** How one try of a run goes. */
export interface Try {
	/** The parameters of each input item. */
	items: readonly IDataObject[];
	node?: Partial<INode>;
	/** What n8n keeps for the node and stores with the execution. */
	nodeContext: IDataObject;
	executionId: string;
	signal: AbortSignal;
	/** The credential of an item is read; may throw. */
	readCredential?(itemIndex: number): void;
	/** Instaply. */
	respond(request: IHttpRequestOptions, end: AbortSignal): Promise<IN8nHttpFullResponse>;
}

/**
 * As much of n8n as an action needs, without a network: what responds first is for a test to decide. How
 * a real n8n calls the node is the matter of test/engine.
 */
export function executeContext({
	items,
	node,
	nodeContext,
	executionId,
	signal,
	readCredential = () => {},
	respond,
}: Try): IExecuteFunctions {
	const own: INode = { ...NODE, ...node };
	const proxy: Partial<IWorkflowDataProxyData> = { $runIndex: 0 };
	const helpers: Partial<IExecuteFunctions['helpers']> = {
		// The signal that ends a request stands in for that of the execution.
		async httpRequestWithAuthentication(this: IExecuteFunctions, _, request) {
			return await respond(request, this.getExecutionCancelSignal() ?? signal);
		},
	};
	const context: Partial<IExecuteFunctions> = {
		helpers: helpers as IExecuteFunctions['helpers'],
		getNode: () => own,
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name: string, itemIndex: number) => valueAt(items[itemIndex], name),
		getCredentials: async <T extends object>(_type: string, itemIndex = 0) => {
			readCredential(itemIndex);
			return { token: 'tok-secret', baseUrl: 'https://instaply.example.com' } as unknown as T;
		},
		getExecutionCancelSignal: () => signal,
		continueOnFail: () => own.onError !== undefined,
		getContext: () => nodeContext,
		getExecutionId: () => executionId,
		getExecuteData: () => ({ node: own, data: {}, source: null }),
		getWorkflowDataProxy: () => proxy as IWorkflowDataProxyData,
		getTimezone: () => 'UTC',
		isToolExecution: () => false,
		addExecutionHints: () => {},
	};
	return context as IExecuteFunctions;
}

/** A parameter by its path, as n8n reads it; null is the fallback that the node asks for. */
function valueAt(parameters: IDataObject | undefined, path: string): never {
	const value = path
		.split('.')
		.reduce<unknown>(
			(part, name) =>
				typeof part === 'object' && part !== null && name in part
					? (part as IDataObject)[name]
					: undefined,
			parameters,
		);
	// n8n's type knows no result that depends on a name.
	return (value ?? null) as never;
}
