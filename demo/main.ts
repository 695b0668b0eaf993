/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { once } from 'node:events';
import { parseArgs } from 'node:util';

import color from 'picocolors';

import { THREADS, type Message, type SandboxObserver, type Thread } from '../sandbox/server';
import { OWNER } from '../tools/n8n/rest';
import { scenes } from './scenes';
import { buildStage, type Stage } from './stage';

const tell = (step: string) => console.log(color.dim(`· ${step}`));
const see = (what: string) => console.log(`  ${color.green('✔')} ${what}`);

/** Prints the conversations as they happen, like a phone would show them. */
const observer: SandboxObserver = {
	onMessage: (message, thread) => console.log(conversationLine(message, thread)),
};

function conversationLine({ from, body }: Message, { channel }: Thread): string {
	const text = JSON.stringify(body ?? '');
	return from === 'customer'
		? `  ${color.yellow(`customer (${channel})`)} ${text}`
		: `  ${color.cyan('workflow')} ${text}`;
}

async function show(stage: Stage, isOnce: boolean): Promise<void> {
	for (const { title, play } of scenes) {
		console.log(`\n${color.bold(title)}`);
		await play(stage, see);
	}
	console.log(`\n${color.green('All of it was seen to happen.')}`);
	if (isOnce) return;
	console.log(invitation(stage));
	await new Promise(() => {});
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
	const undos: Array<() => Promise<unknown>> = [];
	const demo = buildStage(tell, observer, (undo) => undos.unshift(undo)).then(
		async (stage) => await show(stage, values.once),
	);
	const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => {
		process.exitCode = 130;
	});
	try {
		await Promise.race([demo, interrupted]);
	} finally {
		tell('Stopping n8n and the sandbox');
		for (const undo of undos) await undo();
	}
}

function invitation({ n8n, sandbox }: Stage): string {
	return `
${color.bold('Look around')}
  n8n       ${color.underline(n8n.url)}
  e-mail    ${OWNER.email}
  password  ${OWNER.password}

Write as the customer; the answer appears here:
  curl -H 'Content-Type: application/json' -d '{"text":"Any news of my order 815?"}' ${sandbox.url}/sandbox/threads/${THREADS.sms}/messages

Ctrl-C stops everything.
`;
}

main()
	.catch((error: unknown) => {
		const reason = error instanceof Error ? error.message : error;
		console.error(color.red(`\nNot everything was seen: ${reason}`));
		process.exitCode = 1;
	})
	// Whatever an interruption has left half started ends with this process.
	.finally(() => process.exit());
