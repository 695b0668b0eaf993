import type { INodeParameters, INodeTypeDescription } from 'n8n-workflow';

import { instaplyWorkflow } from './engine';

interface NodeType {
	type: string;
	description: INodeTypeDescription;
}

/** What n8n's editor shows below the name of a node that is set like this. */
export function shownBelow({ type, description }: NodeType, parameters: INodeParameters): unknown {
	const workflow = instaplyWorkflow([{ name: 'Node', type, parameters }]);
	const node = workflow.getNode('Node');
	if (node === null) throw new Error('There is no node');
	return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {});
}
