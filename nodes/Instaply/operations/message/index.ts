import type { Resource } from '../operation';
import { send } from './send';
import { sendAndWait } from './sendAndWait';
import { sendTemplate } from './sendTemplate';

export const messageResource: Resource = {
	option: { name: 'Message', value: 'message' },
	operations: [send, sendAndWait, sendTemplate],
};
