import type { FastifyInstance } from 'fastify';

import type { StartThreadRequest } from '../../nodes/Instaply/api/types';
import type { Context } from '../context';
import { body, nonEmptyString, strictObject } from './schemas';

const user = strictObject(
	{
		email: { type: 'string', format: 'email' },
		phoneNumber: { type: 'string', pattern: '^\\+[1-9][0-9]{6,14}$' },
		locale: nonEmptyString,
	},
	[],
	{
		anyOf: [
			{ type: 'object', required: ['email'] },
			{ type: 'object', required: ['phoneNumber'] },
		],
	},
);

const startBody = strictObject({ businessId: nonEmptyString, message: nonEmptyString, user }, [
	'businessId',
	'message',
	'user',
]);

/** "Send message to business" of the widget page: starts a conversation as the customer. */
export function widgetRoutes(api: FastifyInstance, { instaply }: Context): void {
	api.post<{ Body: StartThreadRequest }>(
		'/widget/send-message-to-business',
		{ schema: body(startBody) },
		(request, reply) => {
			const { threadId } = instaply.startThread(request.body).what;
			return reply.send({ result: 'ok', customerThreadId: String(threadId) });
		},
	);
}
