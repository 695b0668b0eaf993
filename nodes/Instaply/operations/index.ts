import type { INodeProperties, NodeHint } from 'n8n-workflow';

import { takenFromInputHint } from '../parameters/idFromTrigger';
import { customerId, threadId } from '../parameters/sharedFields';
import { startsAnewHint } from '../replies/startsAnew';
import { customerResource } from './customer';
import { messageResource } from './message';
import type { Operation, Resource } from './operation';
import { templateResource } from './template';
import { threadResource } from './thread';
import { webhookResource } from './webhook';

/** Everything the node can do, listed once. Its parameters and its router are made from this list. */
export const resources: readonly Resource[] = [
	customerResource,
	messageResource,
	templateResource,
	threadResource,
	webhookResource,
];

const preselected = messageResource.option.value;

/** The node's parameters: Resource, Operation, then the fields of each operation. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ option }) => option),
		default: preselected,
	},
	...resources.map(operationProperty),
	...resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => fieldProperties(resource, operation)),
	),
];

/** What the editor says of a node beside its fields. */
export const hints: NodeHint[] = [
	startsAnewHint,
	...[threadId, customerId].map(({ property }) => takenFromInputHint(property)),
];

/** Below the node's name on the canvas, what it is set to do: "set to waiting: thread". */
export const subtitle = `={{ ({ ${resources.flatMap(wordsOfOperations).join(', ')} })[$rawParameter.resource + " " + $rawParameter.operation] }}`;

/** @returns undefined for an operation of a later version of this package */
export function findOperation(resource: unknown, operation: unknown): Operation | undefined {
	return resources
		.find(({ option }) => option.value === resource)
		?.operations.find(({ option }) => option.value === operation);
}

function operationProperty({ option, operations }: Resource): INodeProperties {
	const preselectedOperation = operations[0].option.value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [option.value] } },
		options: operations.map((entry) => entry.option),
		default: preselectedOperation,
	};
}

function fieldProperties(resource: Resource, operation: Operation): INodeProperties[] {
	return operation.properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				resource: [resource.option.value],
				operation: [operation.option.value],
				...property.displayOptions?.show,
			},
		},
	}));
}

function wordsOfOperations({ option: resource, operations }: Resource): string[] {
	return operations.map(({ option: operation, subtitle }) => {
		const usual = `${operation.name}: ${resource.name}`.toLowerCase();
		return `"${resource.value} ${operation.value}": ${subtitle ?? `"${usual}"`}`;
	});
}
