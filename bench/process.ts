/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';

/** Seconds of processor time that a process has used (Linux). */
export async function processorTime(pid: number): Promise<number> {
	const [, fields = ''] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ');
	const [userTicks = 0, systemTicks = 0] = fields.split(' ').slice(11, 13).map(Number);
	return (userTicks + systemTicks) / 100;
}
