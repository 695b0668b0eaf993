import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { Lab } from '../../../lab/lab';
import { INSTAPLY, START } from '../../../lab/nodes';
import { asItems } from '../../../lab/workflow';
import { itemsOf } from '../../../tools/n8n/rest';
import type { Execution } from '../../../tools/n8n/types';

/** The result of one operation. */
export interface Operated {
	execution: Execution;
	items: IDataObject[];
}

/** Runs one operation of the Instaply node behind a manual trigger that gives `input`. */
export async function runOperation(
	{ save, rest }: Lab,
	parameters: INodeParameters,
	{ input = [{}], settings = {} }: { input?: IDataObject[]; settings?: Partial<INode> } = {},
): Promise<Operated> {
	const workflow = await save({
		nodes: [START, { name: 'Instaply', type: INSTAPLY, parameters, ...settings }],
		pinData: { [START.name]: asItems(input) },
	});
	const id = await rest.runManually(workflow, { trigger: START.name, destination: 'Instaply' });
	const execution = await rest.waitForEnd(id);
	return { execution, items: itemsOf(execution, 'Instaply').map(({ json }) => json) };
}
