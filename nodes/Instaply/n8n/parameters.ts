import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/**
 * Reads the node's parameters by name; undefined for one that the workflow does not have. n8n leaves
 * out hidden parameters and throws when one of them is read, unless there is a fallback. Undefined is
 * no fallback, null is (measured on 2.41.1).
 *
 * @param itemIndex for which input item; a webhook and its registration have none
 */
export function parametersOf(
	context: IExecuteFunctions | IHookFunctions | IWebhookFunctions,
	itemIndex = 0,
): (name: string) => unknown {
	return (name) => {
		const value: unknown =
			'getInputData' in context
				? context.getNodeParameter(name, itemIndex, null)
				: context.getNodeParameter(name, null);
		return value ?? undefined;
	};
}
