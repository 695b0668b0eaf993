import type { Resource } from '../operation';
import { send } from './send';
import { sendTemplate } from './sendTemplate';

export const message: Resource = {
	option: { name: 'Message', value: 'message' },
	operations: [send, sendTemplate],
};
