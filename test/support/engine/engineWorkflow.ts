import {
	Workflow,
	type IConnections,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

import { CREDENTIAL_NAME } from '../../../lab/nodes';
import type { NodeDraft } from '../../../lab/workflow';

/** The node types of a test, by their full names. */
class TestNodeTypes implements INodeTypes {
	constructor(private readonly types: Record<string, INodeType>) {}

	getByName(name: string): INodeType | IVersionedNodeType {
		return this.getByNameAndVersion(name);
	}

	getByNameAndVersion(name: string): INodeType {
		const type = this.types[name];
		if (type === undefined) throw new Error(`No node type ${name}`);
		return type;
	}

	getKnownTypes() {
		return {};
	}
}

/** A workflow as n8n's engine holds it. What the drafts of its nodes leave open is filled in. */
export function engineWorkflow(
	types: Record<string, INodeType>,
	nodes: NodeDraft[],
	connections: IConnections = {},
	{ id = 'test-workflow', staticData }: Partial<Pick<Workflow, 'id' | 'staticData'>> = {},
): Workflow {
	return new Workflow({
		id,
		name: 'Test workflow',
		active: true,
		nodeTypes: new TestNodeTypes(types),
		connections,
		staticData,
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node) => ({
			id: `id-of-${node.name}`,
			typeVersion: 1,
			position: [0, 0],
			webhookId: `webhook-of-${node.name.replace(/\s/g, '-')}`,
			credentials: { [CREDENTIAL_NAME]: { id: '1', name: 'Instaply' } },
			...node,
		})),
	});
}
