import type { Resource } from '../operation';
import { getProfile } from './getProfile';

export const customer: Resource = {
	option: { name: 'Customer', value: 'customer' },
	operations: [getProfile],
};
