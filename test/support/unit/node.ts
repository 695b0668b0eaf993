import type { INode } from 'n8n-workflow';

/** A node as n8n hands it to errors. */
export const NODE: INode = {
	id: '1',
	name: 'Instaply',
	type: 'instaply',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
