import type { INodeProperties } from 'n8n-workflow';

import { customer } from './customer';
import { message } from './message';
import type { Operation, Resource } from './operation';
import { template } from './template';
import { thread } from './thread';
import { webhook } from './webhook';

/** All that the node can do, listed once: its parameters and its router are made from this. */
export const resources: readonly Resource[] = [customer, message, template, thread, webhook];

const preselected = message.option.value;

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

/** @returns undefined when there is no such operation, as in a workflow of a later version */
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
