import type { Resource } from '../operation';
import { get } from './get';
import { start } from './start';
import { updateStatus } from './updateStatus';

export const threadResource: Resource = {
	option: { name: 'Thread', value: 'thread' },
	operations: [get, start, updateStatus],
};
