import { sendMessageBody } from '../api-requests';
import { body } from '../schemas';
import { sendWriteResponse } from '../variants';
import { route } from './route';

/** "Send Message". */
export const messageRoutes = [
	route(
		'POST /api/send-message-to-customer-thread',
		body(sendMessageBody),
		(request, reply, { instaply, variants }) => {
			instaply.send(request.body);
			return sendWriteResponse(reply, variants);
		},
	),
];
