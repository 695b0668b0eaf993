/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import color from 'picocolors';

import {
	startSandbox,
	THREADS,
	type Message,
	type Sandbox,
	type SandboxObserver,
	type Thread,
} from '../sandbox/server';
import { OWNER } from '../tools/n8n/rest';
import { openInBrowser } from '../tools/browser/open';
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
	const sandbox = await startSandbox({ observer });
	undos.push(async () => await sandbox.close());
	console.log(welcome(sandbox));
	if (!values.once) openInBrowser(sandbox.url);
	const demo = buildStage(sandbox, tell, (undo) => undos.unshift(undo)).then(
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

function welcome({ url }: Sandbox): string {
	return `
${color.bold('Watch it here')}  ${color.underline(url)}
The page of the sandbox, a local Instaply. n8n starts meanwhile.
`;
}

function invitation({ n8n, sandbox }: Stage): string {
	return `
${color.bold('Look around')}
  n8n       ${color.underline(n8n.url)}
  e-mail    ${OWNER.email}
  password  ${OWNER.password}

Write as the customer, for example "Any news of my order 815?":
  ${color.underline(`${sandbox.url}/#${THREADS.sms}`)}

To build a workflow of your own, unpublish "Instaply: answer questions about orders" first, or both
answer. The credential is there already: Instaply sandbox.

Ctrl-C stops everything, and what you built is gone: download it before, with … > Export JSON in n8n.
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
