import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { ApiRequest } from '../../../nodes/Instaply/api/request';
import { httpTransport } from '../../../nodes/Instaply/api/transport';
import { toResult } from '../../../nodes/Instaply/common/result';

const ACCOUNT = { token: 'tok-secret', baseUrl: 'https://instaply.example.com' };

/** What reads it throws its own words. */
const UNREADABLE: IN8nHttpFullResponse = {
	statusCode: 200,
	body: Buffer.from('{}'),
	get headers(): never {
		throw new SyntaxError('This is tok-secret');
	},
};

describe('A response that cannot be read', () => {
	const outcomeOf = async (effect: ApiRequest['effect']) => {
		const transport = httpTransport(async () => UNREADABLE, ACCOUNT, 1_000);
		const request: ApiRequest = {
			method: effect === 'none' ? 'GET' : 'POST',
			path: '/api/webhooks/',
			effect,
			subject: { kind: 'account' },
		};
		return await toResult(async () => await transport(request));
	};
	const foreign = expect.stringMatching(/tok-secret|SyntaxError/);

	it.each(['change', 'message', 'conversation'] as const)(
		'leaves it open whether a write was done, and is not tried again (%s)',
		async (effect) => {
			const result = await outcomeOf(effect);
			expect(result).toMatchObject({
				error: {
					name: 'InstaplyError',
					description: expect.stringMatching(
						/^Instaply answered, but its answer could not be read\. Look /,
					),
					isOutcomeUnknown: true,
					retry: undefined,
				},
			});
			expect(result).not.toMatchObject({ error: { stack: foreign } });
		},
	);

	it('stops a read, in words of the node', async () => {
		const result = await outcomeOf('none');
		expect(result).toMatchObject({
			error: { name: 'InstaplyError', isOutcomeUnknown: false, retry: undefined },
		});
		expect(result).not.toMatchObject({ error: { stack: foreign } });
	});
});
