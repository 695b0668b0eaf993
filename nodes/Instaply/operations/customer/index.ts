import type { Resource } from '../operation';
import { getProfile } from './getProfile';
import { updateProfile } from './updateProfile';

export const customerResource: Resource = {
	option: { name: 'Customer', value: 'customer' },
	operations: [getProfile, updateProfile],
};
