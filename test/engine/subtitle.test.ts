import type { INodeParameters } from 'n8n-workflow';

import { INSTAPLY } from '../../lab/nodes';
import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { resources } from '../../nodes/Instaply/operations';
import { shownBelow } from '../support/engine/subtitle';

const { description } = new Instaply();
const subtitleOf = (parameters: INodeParameters) =>
	shownBelow({ type: INSTAPLY, description }, parameters);

describe('In the editor, the node says below its name what it does', () => {
	it('for each operation, in words of a person', () => {
		const subtitles = resources.flatMap(({ option: resource, operations }) =>
			operations.map(({ option: operation }) => [
				`${resource.value} ${operation.value}`,
				subtitleOf({ resource: resource.value, operation: operation.value }),
			]),
		);
		expect(Object.fromEntries(subtitles)).toEqual({
			'customer getProfile': 'get profile: customer',
			'customer updateProfile': 'update profile: customer',
			'message send': 'send: message',
			'message sendAndWait': 'send and wait: message',
			'message sendTemplate': 'send: template',
			'message note': 'add: internal note',
			'template getAll': 'get many: templates',
			'thread get': 'get: thread',
			'thread start': 'start as customer: thread',
			'thread updateStatus': 'set to waiting: thread',
			'webhook create': 'create: webhook',
			'webhook delete': 'delete: webhook',
			'webhook get': 'get: webhook',
			'webhook getAll': 'get many: webhooks',
			'webhook update': 'update: webhook',
		});
	});

	it.each<[INodeParameters, string]>([
		[{}, 'send: message'],
		[{ options: { internal: true } }, 'add: internal note'],
		[{ options: { internal: false } }, 'send: message'],
		[{ whenWindowClosed: 'sendTemplate' }, 'send: message or template'],
		[{ whenWindowClosed: 'stop' }, 'send: message'],
	])('for a message with %j: %s', (parameters, words) => {
		expect(subtitleOf(parameters)).toBe(words);
	});

	it.each([
		['waiting', 'set to waiting: thread'],
		['resolved', 'set to resolved: thread'],
		// Known only when it runs.
		['={{ $json.status }}', 'set status: thread'],
	])('for the status %s: %s', (status, words) => {
		expect(subtitleOf({ resource: 'thread', operation: 'updateStatus', status })).toBe(words);
	});
});
