import type { FastifyInstance } from 'fastify';

import type { Context } from '../context';

/**
 * `GET /sandbox/events`: Server-Sent Events, one without content after every change. What changed
 * is read from the other endpoints; whoever reads it all again on connecting misses nothing.
 */
export function eventRoutes(control: FastifyInstance, { changes }: Context): void {
	control.get('/events', (_request, reply) => {
		reply.hijack();
		reply.raw.writeHead(200, {
			'Content-Type': 'text/event-stream',
			'Cache-Control': 'no-store',
		});
		// Browsers connect again after this many milliseconds.
		reply.raw.write('retry: 500\n\n');
		// Without data, an event is not dispatched.
		reply.raw.once(
			'close',
			changes.watch(() => reply.raw.write('data: change\n\n')),
		);
	});
}
