/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { parseArgs } from 'node:util';
import color from 'picocolors';

import { startLab, type Lab } from '../lab/lab';
import { createShopKey } from '../lab/shop';
import {
	startSandbox,
	THREADS,
	type Message,
	type Sandbox,
	type SandboxObserver,
	type Thread,
} from '../sandbox/server';
import { openInBrowser } from '../tools/browser/open';
import { OWNER } from '../tools/n8n/rest';
import { CleanUp } from '../tools/process/cleanUp';
import { INTERRUPTED_CODE, interruption } from '../tools/process/interruption';
import { scenes } from './scenes';

const tell = (step: string) => console.log(color.dim(`· ${step}`));
const see = (what: string) => console.log(`  ${color.green('✔')} ${what}`);

/** Prints the conversations as they happen, like a phone would show them. */
const observer: SandboxObserver = {
	onMessage: (message, thread) => console.log(conversationLine(message, thread)),
};

function conversationLine({ from, invisible, body }: Message, { channel }: Thread): string {
	const text = JSON.stringify(body ?? '');
	if (from === 'customer') return `  ${color.yellow(`customer (${channel})`)} ${text}`;
	const author = from === 'api' ? color.cyan('workflow') : color.magenta('employee');
	return `  ${author}${invisible ? ' (note)' : ''} ${text}`;
}

async function show(lab: Lab, isOnce: boolean): Promise<void> {
	const shopKey = await createShopKey(lab.rest);
	for (const { title, play } of scenes) {
		console.log(`\n${color.bold(title)}`);
		await play({ lab, shopKey }, see);
	}
	console.log(`\n${color.green('All of it was seen to happen.')}`);
	if (isOnce) return;
	console.log(invitation(lab));
	await new Promise(() => {});
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
	const cleanUp = new CleanUp();
	const sandbox = await startSandbox({ observer });
	cleanUp.add(async () => await sandbox.close());
	console.log(welcome(sandbox));
	if (!values.once) openInBrowser(sandbox.url);
	const demo = startLab({
		sandbox,
		credentialName: 'Instaply sandbox',
		onStep: tell,
		cleanUp,
	}).then(async (lab) => await show(lab, values.once));
	const interrupted = interruption().then(() => {
		process.exitCode = INTERRUPTED_CODE;
	});
	try {
		await Promise.race([demo, interrupted]);
	} finally {
		tell('Stopping n8n and the sandbox');
		await cleanUp.run();
	}
}

function welcome({ url }: Sandbox): string {
	return `
${color.bold('Watch it here')}  ${color.underline(url)}
The page of the sandbox, a local Instaply. n8n starts meanwhile.
`;
}

function invitation({ n8nUrl, sandbox }: Lab): string {
	return `
${color.bold('Look around')}
  n8n       ${color.underline(`${n8nUrl}/home/workflows`)}
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
