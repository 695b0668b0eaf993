import type { FastifyInstance } from 'fastify';

import {
	THREAD_STATUSES,
	type TemplateList,
	type ThreadDetails,
	type UpdateThreadStatusRequest,
} from '../../nodes/Instaply/api/types';
import type { Context } from '../context';
import { answerWritten } from '../variants';
import { body, nonEmptyString, query, strictObject } from './schemas';

const statusBody = strictObject(
	{ customerThreadId: nonEmptyString, status: { type: 'string', enum: THREAD_STATUSES } },
	['customerThreadId', 'status'],
);

interface ThreadQuery {
	Querystring: { customerThreadId: string };
}

/** "Update Thread Status", "Get Customer Thread Details" and "Get WhatsApp Templates". */
export function threadRoutes(api: FastifyInstance, { state, variants }: Context): void {
	api.post<{ Body: UpdateThreadStatusRequest }>(
		'/update-thread-status',
		{ schema: body(statusBody) },
		(request, reply) => {
			state.updateStatus(request.body.customerThreadId, request.body.status);
			return answerWritten(reply, variants);
		},
	);

	api.get<ThreadQuery>(
		'/get-customer-thread-details',
		{ schema: query('customerThreadId') },
		(request, reply) => {
			const thread = state.ownThread(request.query.customerThreadId);
			const details: ThreadDetails = {
				customerChannel: thread.channel,
				status: thread.status,
				isMessagingWindowOpen: thread.windowOpen,
			};
			return reply.send(details);
		},
	);

	api.get<ThreadQuery>(
		'/get-whatsapp-templates',
		{ schema: query('customerThreadId') },
		(request, reply) => {
			const { templates } = state.ownThread(request.query.customerThreadId);
			const list: TemplateList = { templates };
			return reply.send(list);
		},
	);
}
