import type { FastifyInstance } from 'fastify';

import type { Context } from '../context';
import type { Listener, ThreadSummary } from '../model';
import { strictObject } from './schemas';

const lastQuery = {
	querystring: strictObject({ last: { type: 'string', pattern: '^[1-9]\\d*$' } }),
};

/** The control endpoints that only show. */
export function viewRoutes(control: FastifyInstance, context: Context, token: string): void {
	const { state, deliveries, journal, variants } = context;

	control.get('/credential', () => ({ token }));
	control.get('/businesses', () => state.listBusinesses());
	control.get('/customers', () => state.listProfiles());
	control.get('/threads', () => summaries(context));
	control.get<{ Params: { id: string } }>('/threads/:id', ({ params }) => state.thread(params.id));
	control.get('/listeners', () => listeners(context));
	control.get<{ Querystring: { last?: string } }>(
		'/deliveries',
		{ schema: lastQuery },
		({ query: { last } }) => deliveries.list().slice(last === undefined ? 0 : -Number(last)),
	);
	control.get('/requests', () => journal.list());
	control.get('/variants', () => variants);
}

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
		})),
		...legacyUrls.map((url): Listener => ({
			webhookId: null,
			url,
			enabled: true,
			subscribedEvents: ['messages'],
		})),
	];
}
