import { route } from './route';

/**
 * Server-Sent Events, one after every change. They do not say what changed: a client reads the other
 * endpoints again, also when it connects, and so misses nothing.
 */
export const eventRoutes = [
	route('GET /sandbox/events', {}, (_request, reply, { changes }) => {
		reply.hijack();
		reply.raw.writeHead(200, {
			'Content-Type': 'text/event-stream',
			'Cache-Control': 'no-store',
		});
		reply.raw.flushHeaders();
		// Browsers ignore an event without data.
		const stop = changes.watch(() => reply.raw.write('data: change\n\n'));
		reply.raw.once('close', stop);
	}),
];
