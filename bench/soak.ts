/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console */
import { parseArgs } from 'node:util';

import { instaplyTrigger, NEXT } from '../lab/nodes';
import { startSeveral, startSingle, type Installation } from './soak/installation';
import { ASKS_AND_CONFIRMS } from './soak/questions';
import { soak } from './soak/soak';

/*
 * Many deliveries to one n8n, and many questions that get their replies meanwhile. Each valid message has
 * to run, nothing may run twice but what docs/reliability.md says, each question has to go on once,
 * memory has to stay where it is, and no webhook may be left at Instaply. Ends with 1 otherwise.
 */

interface Mode {
	start(): Promise<Installation>;
	/** How many deliveries at a time: n8n responds within a second or two. */
	at: string;
}

const MODES: Record<string, Mode> = {
	defaults: { start: async () => await startSingle({}), at: '10' },
	// Saves n8n tens of milliseconds a delivery: see trigger.ts.
	lazy: {
		start: async () => await startSingle({ N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' }),
		at: '50',
	},
	// Two processes take deliveries, and two run executions. One of each is killed on the way.
	queue: { start: async () => await startSeveral({}), at: '10' },
};

const { values } = parseArgs({
	options: {
		mode: { type: 'string', default: 'defaults' },
		deliveries: { type: 'string', default: '20000' },
		questions: { type: 'string', default: '2000' },
		at: { type: 'string' },
		'questions-at': { type: 'string', default: '10' },
	},
});

/** Shorter runs show no more than how n8n warms up. */
const JUDGED_FROM = 5000;
/** 30 MB over the last half of 20,000 deliveries. */
const MAX_SLOPE = 3;

async function main(): Promise<void> {
	const mode = MODES[values.mode];
	if (mode === undefined) throw new Error(`--mode is one of ${Object.keys(MODES).join(', ')}`);
	const deliveries = Number(values.deliveries);
	const installation = await mode.start();
	try {
		const { lab } = installation;
		const trigger = await lab.publish({ nodes: [instaplyTrigger('soak'), NEXT] });
		await lab.publish({ nodes: ASKS_AND_CONFIRMS });
		const findings = await soak(installation, trigger, {
			deliveries,
			questions: Number(values.questions),
			deliveriesAt: Number(values.at ?? mode.at),
			questionsAt: Number(values['questions-at']),
			maxSlope: deliveries < JUDGED_FROM ? Infinity : MAX_SLOPE,
		});
		for (const finding of findings) console.log(`Wrong: ${finding}`);
		if (findings.length > 0) process.exitCode = 1;
		else console.log('All is as it should be.');
	} finally {
		await installation.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
