import type { Resource } from '../operation';
import { note } from './note';
import { send } from './send';
import { sendAndWait } from './sendAndWait';
import { sendTemplate } from './sendTemplate';

export const messageResource: Resource = {
	option: { name: 'Message', value: 'message' },
	// The first one is preselected: n8n does not store it, so it stays where it is.
	operations: [send, sendAndWait, sendTemplate, note],
};
