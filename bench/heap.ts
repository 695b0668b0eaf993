/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';

import type { N8nInstance } from '../tools/n8n/instance';

const MAX_HEAP_MB = 1024;

/** With these, an n8n can be asked what it holds. */
export const MEASURABLE = {
	N8N_METRICS: 'true',
	NODE_OPTIONS: `--max-old-space-size=${MAX_HEAP_MB} --require ${join(__dirname, 'gc-on-signal.cjs')}`,
};

const SIGNAL_MS = 500;

/** What the JavaScript of an n8n holds after a garbage collection, in MB. */
export async function heapOf({ url, pid }: Pick<N8nInstance, 'url' | 'pid'>): Promise<number> {
	if (pid !== undefined) process.kill(pid, 'SIGUSR2');
	await sleep(SIGNAL_MS);
	const { data } = await axios.get<string>(`${url}/metrics`, { proxy: false });
	const [, bytes = 'NaN'] = /^n8n_nodejs_heap_size_used_bytes (\S+)$/m.exec(data) ?? [];
	return Number(bytes) / 1024 / 1024;
}
