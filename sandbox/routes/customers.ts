import { updateProfileBody } from '../api-requests';
import { body, noQuery } from '../schemas';
import { sendWriteResponse } from '../variants';
import { route } from './route';

/** "Get customer profile", and its update, which the newer customer profile page documents. */
export const customerRoutes = [
	route('GET /api/customers/:customerId/profile', noQuery, ({ params }, reply, { state }) =>
		reply.send(state.profile(params.customerId)),
	),

	route(
		'POST /api/customers/:customerId/profile/update',
		body(updateProfileBody),
		(request, reply, { state, variants }) => {
			state.updateProfile(request.params.customerId, request.body);
			return sendWriteResponse(reply, variants);
		},
	),
];
