import type { INodeParameters } from 'n8n-workflow';

import { INSTAPLY } from '../../lab/nodes';
import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { shownBelow } from '../support/engine/subtitle';

describe('In the editor, the node says below its name what it does', () => {
	const { description } = new Instaply();
	it.each<[INodeParameters, string]>([
		[{}, 'send: message'],
		[{ operation: 'sendAndWait' }, 'send and wait: message'],
		[{ resource: 'webhook', operation: 'getAll' }, 'get all: webhook'],
	])('%j: %s', (parameters, words) => {
		expect(shownBelow({ type: INSTAPLY, description }, parameters)).toBe(words);
	});
});
