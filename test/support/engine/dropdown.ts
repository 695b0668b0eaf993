import './quiet';

import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import { INSTAPLY } from '../../../lab/nodes';
import { Instaply } from '../../../nodes/Instaply/Instaply.node';
import type { Sandbox } from '../../../sandbox/server';
import { additionalData, instaplyWorkflow } from './engine';

/** Opens a dropdown of the node, as the editor does while the node has these parameters. */
export async function openDropdown(
	sandbox: Pick<Sandbox, 'url' | 'token'>,
	dropdown: string,
	{
		parameters = {},
		filter,
		token = sandbox.token,
	}: { parameters?: INodeParameters; filter?: string; token?: string } = {},
): Promise<INodeListSearchResult> {
	const workflow = instaplyWorkflow([{ name: 'Instaply', type: INSTAPLY, parameters }]);
	const node = workflow.getNode('Instaply');
	if (node === null) throw new Error('The workflow has no such node');
	const data = additionalData({ token, baseUrl: sandbox.url });
	const context = new LoadOptionsContext(
		workflow,
		node,
		{ ...data, currentNodeParameters: parameters },
		'',
	);
	const search = new Instaply().methods.listSearch[dropdown];
	if (search === undefined) throw new Error(`The node has no dropdown ${dropdown}`);
	return await search.call(context, filter);
}
