/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawnSync } from 'node:child_process';

const SAMPLE_MS = 100;

/** How much memory a process holds, in MB; 0 when it is gone, which is for others to notice. */
export function memoryOf(pid: number): number {
	const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
	return Math.round(Number(stdout) / 1024);
}

/** Watches how much memory a process holds; `stop` gives the most that was seen, in MB. */
export function watchMemory(pid: number): { stop(): number } {
	let peak = 0;
	const look = () => {
		peak = Math.max(peak, memoryOf(pid));
	};
	look();
	const timer = setInterval(look, SAMPLE_MS);
	return {
		stop() {
			clearInterval(timer);
			look();
			return peak;
		},
	};
}
