/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { installN8n } from '../../../tools/n8n/install';
import { startQueueMode, type QueueMode } from '../../../tools/n8n/queue';
import { N8nRest } from '../../../tools/n8n/rest';

const SETTINGS = {
	/*
	 * Never look for jobs that stand still. Since version 2 n8n does not begin such a job anew: it
	 * marks its execution as failed and erases the data, after which Retry has nothing to go by.
	 */
	QUEUE_WORKER_STALLED_INTERVAL: '0',
	// The other engine costs a worker 60 ms for each execution, more than all the rest.
	N8N_EXPRESSION_ENGINE: 'legacy',
};

/** Starts n8n in queue mode with the packed package in all of its processes, and an owner. */
export async function startInstallation(env: Record<string, string> = {}): Promise<QueueMode> {
	const queue = await startQueueMode({
		installation: await installN8n(),
		packageTarball: process.env.PACKAGE_UNDER_TEST,
		env: { ...SETTINGS, ...env },
	});
	await new N8nRest(queue.main.url).setupOwner();
	return queue;
}
