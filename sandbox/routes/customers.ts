import { updateProfileBody } from '../api-requests';
import { body, noQuery } from '../schemas';
import { sendWriteResponse } from '../variants';
import { route } from './route';

/** "Get customer profile", and its update, which the newer customer profile page documents. */
export const customerRoutes = [
	route(
		'GET /api/customers/:customerId/profile',
		noQuery,
		({ params }, reply, { state, activities }) => {
			const profile = state.profile(params.customerId);
			activities.add(params, { kind: 'profile read' });
			return reply.send(profile);
		},
	),

	route(
		'POST /api/customers/:customerId/profile/update',
		body(updateProfileBody),
		(request, reply, { state, activities, variants }) => {
			state.updateProfile(request.params.customerId, request.body);
			activities.add(request.params, { kind: 'profile changed' });
			return sendWriteResponse(reply, variants);
		},
	),
];
