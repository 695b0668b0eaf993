/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawnSync } from 'node:child_process';

const SAMPLE_MS = 100;

/** Watches how much memory a process holds; `stop` gives the most that was seen, in MB. */
export function watchMemory(pid: number): { stop(): number } {
	let peak = 0;
	const look = () => {
		// Empty when the process is gone, which is for others to notice.
		const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
		peak = Math.max(peak, Number(stdout) / 1024);
	};
	look();
	const timer = setInterval(look, SAMPLE_MS);
	return {
		stop() {
			clearInterval(timer);
			look();
			return Math.round(peak);
		},
	};
}
