/** Every route of Instaply's public API, as the API document writes it. */
export const API_ROUTES = [
	'POST /api/send-message-to-customer-thread',
	'POST /api/update-thread-status',
	'GET /api/get-customer-thread-details',
	'GET /api/get-whatsapp-templates',
	'GET /api/customers/:customerId/profile',
	'POST /api/customers/:customerId/profile/update',
	'POST /api/webhooks/',
	'GET /api/webhooks/',
	'GET /api/webhooks/:webHookId',
	'POST /api/webhooks/:webHookId/update',
	'POST /api/webhooks/:webHookId/delete',
	'POST /api/widget/send-message-to-business',
] as const;

/** Names a route of the API, for faults and for filtering the journal. */
export type ApiRoute = (typeof API_ROUTES)[number];

/** The route's name, or null when the API has no such route. */
export function apiRoute(method: string, pattern: string | undefined): ApiRoute | null {
	return API_ROUTES.find((route) => route === `${method} ${pattern ?? ''}`) ?? null;
}
