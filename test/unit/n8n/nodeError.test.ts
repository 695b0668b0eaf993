import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';
import { toNodeError } from '../../../nodes/Instaply/n8n/nodeError';
import { NODE } from '../../support/unit/node';

const advice = new InstaplyError('It did not work', { description: 'Look first.' });

describe('toNodeError', () => {
	it('keeps what happened apart from what to do, for people', () => {
		expect(toNodeError(NODE, advice, 3)).toMatchObject({
			message: 'It did not work',
			description: 'Look first.',
			context: { itemIndex: 3 },
		});
	});

	it('puts what to do into the message for a model, which reads nothing else', () => {
		const { message } = toNodeError({ ...NODE, rewireOutputLogTo: 'ai_tool' }, advice);
		expect(message).toBe('It did not work. Look first.');
	});

	it('carries the HTTP status that Instaply answered with', () => {
		const refused = new InstaplyError('Refused', { description: 'Correct it.', httpStatus: 400 });
		const error = toNodeError(NODE, refused);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message: 'Refused', httpCode: '400' });
	});

	it('adds the item to an error of n8n, and loses nothing of it', () => {
		const known = new NodeOperationError(NODE, 'No credential', { description: 'Choose one.' });
		expect(toNodeError(NODE, known, 2)).toBe(known);
		expect(known).toMatchObject({ description: 'Choose one.', context: { itemIndex: 2 } });
	});
});
