import type { Context } from '../context';
import type { Listener, ThreadSummary } from '../model';
import { receiverAt } from '../receiver';
import { query, strictObject } from '../schemas';
import { route } from './route';

const lastQuery = query(strictObject({ last: { type: 'string', pattern: '^[1-9]\\d*$' } }));

/** The control endpoints that only show. */
export const viewRoutes = [
	route('GET /sandbox/credential', {}, (_request, _reply, { token, addresses }) => ({
		token,
		addresses: addresses(),
	})),
	route('GET /sandbox/businesses', {}, (_request, _reply, { state }) => state.listBusinesses()),
	route('GET /sandbox/customers', {}, (_request, _reply, { state }) => state.listProfiles()),
	route('GET /sandbox/threads', {}, (_request, _reply, context) => summaries(context)),
	route('GET /sandbox/threads/:id', {}, ({ params }, _reply, { state }) => state.thread(params.id)),
	route('GET /sandbox/threads/:id/activities', {}, ({ params }, _reply, { activities }) =>
		activities.listFor(params.id),
	),
	route('GET /sandbox/listeners', {}, (_request, _reply, context) => listeners(context)),
	route('GET /sandbox/deliveries', lastQuery, ({ query: { last } }, _reply, { deliveries }) =>
		deliveries.list().slice(last === undefined ? 0 : -Number(last)),
	),
	route('GET /sandbox/requests', {}, (_request, _reply, { journal }) => journal.list()),
	route('GET /sandbox/variants', {}, (_request, _reply, { variants }) => variants),
];

function summaries({ state }: Context): ThreadSummary[] {
	const customers = new Map(state.listProfiles().map((one) => [String(one.id), one.displayName]));
	const businesses = new Map(state.listBusinesses().map(({ id, name }) => [id, name]));
	return state.listThreads().map(({ messages, templates, ...thread }) => ({
		...thread,
		customerName: customers.get(thread.customerId) ?? thread.customerId,
		businessName: businesses.get(thread.businessId) ?? String(thread.businessId),
		lastMessage: messages.at(-1) ?? null,
		messages: messages.length,
		templates: templates.length,
		available: state.isAvailable(thread),
	}));
}

function listeners({ state, legacyUrls }: Context): Listener[] {
	return [
		...state.listWebhooks().map(({ id, url, enabled, subscribedEvents }) => ({
			webhookId: id,
			url,
			enabled,
			subscribedEvents,
			receiver: receiverAt(url),
		})),
		...legacyUrls.map((url): Listener => ({
			webhookId: null,
			url,
			enabled: true,
			subscribedEvents: ['messages'],
			receiver: receiverAt(url),
		})),
	];
}
