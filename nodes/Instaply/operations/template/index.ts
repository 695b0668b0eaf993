import type { Resource } from '../operation';
import { getAll } from './getAll';

export const template: Resource = {
	option: { name: 'Template', value: 'template' },
	operations: [getAll],
};
