import type { FastifyInstance } from 'fastify';

import type { SendMessageRequest } from '../../nodes/Instaply/api/types';
import type { Context } from '../context';
import { answerWritten } from '../variants';
import { body, nonEmptyString, strictObject } from './schemas';

const sendBody = strictObject(
	{
		customerThreadId: nonEmptyString,
		text: nonEmptyString,
		contentSid: nonEmptyString,
		internal: { type: 'boolean' },
	},
	['customerThreadId'],
	{
		oneOf: [
			{ type: 'object', required: ['text'] },
			{ type: 'object', required: ['contentSid'] },
		],
	},
);

/** "Send Message". */
export function messageRoutes(api: FastifyInstance, { instaply, variants }: Context): void {
	api.post<{ Body: SendMessageRequest }>(
		'/send-message-to-customer-thread',
		{ schema: body(sendBody) },
		(request, reply) => {
			instaply.send(request.body);
			return answerWritten(reply, variants);
		},
	);
}
