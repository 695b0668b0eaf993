import type { FastifyInstance } from 'fastify';

import type { Context } from '../context';

/**
 * `GET /sandbox/events`: Server-Sent Events, one after every change. What changed is read from the
 * other endpoints; whoever reads it all again on connecting misses nothing.
 */
export function eventRoutes(control: FastifyInstance, { changes }: Context): void {
	control.get('/events', (_request, reply) => {
		reply.hijack();
		reply.raw.writeHead(200, {
			'Content-Type': 'text/event-stream',
			'Cache-Control': 'no-store',
		});
		reply.raw.flushHeaders();
		// Browsers ignore an event without data.
		const stop = changes.watch(() => reply.raw.write('data: change\n\n'));
		reply.raw.once('close', stop);
	});
}
