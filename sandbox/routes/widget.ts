import { startThreadBody } from '../api-requests';
import { body } from '../schemas';
import { route } from './route';

/** "Send message to business" of the widget page: starts a conversation as the customer. */
export const widgetRoutes = [
	route(
		'POST /api/widget/send-message-to-business',
		body(startThreadBody),
		(request, reply, { instaply }) => {
			const { threadId } = instaply.startThread(request.body).what;
			return reply.send({ result: 'ok', customerThreadId: String(threadId) });
		},
	),
];
