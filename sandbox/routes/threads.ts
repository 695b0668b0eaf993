import { updateThreadStatusBody } from '../api-requests';
import type { TemplateList, ThreadDetails } from '../api-types';
import { body, nonEmptyString, query, strictObject } from '../schemas';
import { sendWriteResponse } from '../variants';
import { route } from './route';

const threadQuery = query(strictObject({ customerThreadId: nonEmptyString }, 'customerThreadId'));

/** "Update Thread Status", "Get Customer Thread Details" and "Get WhatsApp Templates". */
export const threadRoutes = [
	route(
		'POST /api/update-thread-status',
		body(updateThreadStatusBody),
		(request, reply, { state, activities, variants }) => {
			const { customerThreadId: threadId, status } = request.body;
			state.updateStatus(threadId, status);
			activities.add({ threadId }, { kind: 'status', status });
			return sendWriteResponse(reply, variants);
		},
	),

	route(
		'GET /api/get-customer-thread-details',
		threadQuery,
		(request, reply, { state, activities }) => {
			const threadId = request.query.customerThreadId;
			const thread = state.ownThread(threadId);
			if (!thread.windowOpen) activities.add({ threadId }, { kind: 'window closed' });
			const details: ThreadDetails = {
				customerChannel: thread.channel,
				status: thread.status,
				isMessagingWindowOpen: thread.windowOpen,
			};
			return reply.send(details);
		},
	),

	route('GET /api/get-whatsapp-templates', threadQuery, (request, reply, { state }) => {
		const { templates } = state.ownThread(request.query.customerThreadId);
		const list: TemplateList = { templates };
		return reply.send(list);
	}),
];
