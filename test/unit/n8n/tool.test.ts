import { isCalledDirectly, isTool } from '../../../nodes/Instaply/n8n/tool';
import { NODE } from '../../support/unit/node';

describe('A tool', () => {
	it.each([
		['by its output', { ...NODE, rewireOutputLogTo: 'ai_tool' as const }, true],
		['by its type, when it reviews', { ...NODE, type: 'x.instaplyHitlTool' }, true],
		['not when it is a node like any other', NODE, false],
	])('is known %s', (_, node, expected) => {
		expect(isTool(node)).toBe(expected);
	});
});

describe('A direct call', () => {
	it.each<[string, object, boolean]>([
		['n8n 2.41 says so', { isToolExecution: () => true, getNextRunIndex: () => 0 }, true],
		['n8n 2.41 says that it is none', { isToolExecution: () => false }, false],
		['n8n 1 and 2.0 count its runs', { getNextRunIndex: () => 0 }, true],
		['n8n 1 and 2.0 do not, and it is none', {}, false],
	])('is known: %s', (_, context, expected) => {
		expect(isCalledDirectly(context)).toBe(expected);
	});
});
