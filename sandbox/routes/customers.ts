import type { FastifyInstance } from 'fastify';

import type { UpdateProfileRequest } from '../../nodes/Instaply/api/types';
import type { Context } from '../context';
import { answerWritten } from '../variants';
import { body, query, strictObject } from './schemas';

const name = { type: 'string' };
const profileBody = strictObject({ firstName: name, lastName: name, company: name });

interface CustomerParams {
	customerId: string;
}

/** "Get customer profile", and its update, which the newer customer profile page documents. */
export function customerRoutes(api: FastifyInstance, { state, variants }: Context): void {
	api.get<{ Params: CustomerParams }>(
		'/customers/:customerId/profile',
		{ schema: query() },
		(request, reply) => reply.send(state.profile(request.params.customerId)),
	);

	api.post<{ Params: CustomerParams; Body: UpdateProfileRequest }>(
		'/customers/:customerId/profile/update',
		{ schema: body(profileBody) },
		(request, reply) => {
			state.updateProfile(request.params.customerId, request.body);
			return answerWritten(reply, variants);
		},
	);
}
