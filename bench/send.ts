/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { parseArgs } from 'node:util';

import { packFor } from '../lab/n8n';
import { CleanUp } from '../tools/process/cleanUp';
import { compareLatency } from './latency';
import { runLimited } from './limited';
import { compareMemory } from './peak';
import { compareProcessorTime } from './processor';

/*
 * `npm run bench`: sending, beside n8n's HTTP Request node and a bare node. A small run of a part takes
 * a minute or two: switch the others off with a list that is empty or a number of 0.
 */

const { values } = parseArgs({
	options: {
		/** How quick Instaply is, in ms: each on its own. */
		latencies: { type: 'string', default: '0,50,200' },
		/** How much the latencies differ: at 0.5, one in six is more than 1.6 times as long. */
		spread: { type: 'string', default: '0' },
		items: { type: 'string', default: '500' },
		runs: { type: 'string', default: '5' },
		/** Values of 'Threads at a Time' to try beside the preset. */
		bounds: { type: 'string', default: '' },
		/** Items for an Instaply that allows so many requests a second. */
		limited: { type: 'string', default: '200' },
		allowed: { type: 'string', default: '10' },
		/** Items for the processor time and the memory. */
		many: { type: 'string', default: '10000' },
		'processor-runs': { type: 'string', default: '3' },
		'memory-runs': { type: 'string', default: '3' },
		/** How large n8n's heap may become for the memory, in MB. */
		heap: { type: 'string', default: '4096' },
	},
});
const numbers = (list: string) => list.split(',').filter(Boolean).map(Number);

async function main(): Promise<void> {
	const cleanUp = new CleanUp();
	const packageTarball = await packFor(cleanUp);
	const [many, limited] = [Number(values.many), Number(values.limited)];
	try {
		for (const latencyMs of numbers(values.latencies)) {
			await compareLatency({
				packageTarball,
				latencyMs,
				spread: Number(values.spread),
				items: Number(values.items),
				rounds: Number(values.runs),
				bounds: numbers(values.bounds),
			});
		}
		if (limited > 0) {
			await runLimited({ packageTarball, items: limited, perSecond: Number(values.allowed) });
		}
		if (many > 0 && Number(values['processor-runs']) > 0) {
			const rounds = Number(values['processor-runs']);
			await compareProcessorTime({ packageTarball, items: many, rounds });
		}
		if (many > 0 && Number(values['memory-runs']) > 0) {
			await compareMemory({
				packageTarball,
				items: many,
				rounds: Number(values['memory-runs']),
				heapMb: Number(values.heap),
			});
		}
	} finally {
		await cleanUp.run();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
