import { NodeOperationError } from 'n8n-workflow';

import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';
import { toWriteResult } from '../../../nodes/Instaply/runner/writeResult';
import { NODE } from '../../support/unit/node';

describe('toWriteResult', () => {
	it.each([
		{ value: [{ sent: true }] },
		{ error: new InstaplyError('Refused', { description: 'Correct it.' }) },
	])('leaves what the node knows: %j', (result) => {
		expect(toWriteResult(result)).toEqual(result);
	});

	it.each([
		[new SyntaxError('tok-secret'), ' (SyntaxError)'],
		[new NodeOperationError(NODE, 'tok-secret'), ' (NodeOperationError)'],
		['tok-secret', ''],
		[undefined, ''],
	])('takes anything else for a write that may be done, without its words: %s', (error, kind) => {
		const result = toWriteResult({ error });
		expect(result).toMatchObject({
			error: {
				message: 'It is not known whether this item was done',
				description: expect.stringContaining(`does not know${kind}. Look in Instaply`),
				isOutcomeUnknown: true,
				failure: { cause: 'node-defect' },
			},
		});
		expect('error' in result && result.error.stack).not.toContain('tok-secret');
	});
});
