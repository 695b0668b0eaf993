/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { parseArgs } from 'node:util';
import color from 'picocolors';

import { isAddress, type Addresses } from './addresses';
import {
	startSandbox,
	TEMPLATES,
	THREADS,
	type DeliveryRecord,
	type Message,
	type RequestRecord,
	type Sandbox,
	type SandboxObserver,
	type Thread,
} from './server';

const USAGE = `Starts a local Instaply.

  npm run sandbox -- [--host 127.0.0.1] [--port 3100] [--token <token>] [--latency <ms>]

--host 0.0.0.0 lets n8n in Docker reach it, and so do other machines of the network.
`;

const CANNOT_LISTEN = new Map([
	['EADDRINUSE', 'This port is taken: choose another one with --port'],
	['EADDRNOTAVAIL', 'This machine does not have that address: choose another one with --host'],
]);

/** Without a limit, a sandbox that runs for days would fill the memory. */
const JOURNAL_LIMIT = 1000;

const observer: SandboxObserver = {
	onRequest: (record) => console.log(requestLine(record)),
	onMessage: (message, thread) => console.log(messageLine(message, thread)),
	onTransfer: ({ newBusinessName }, { id }) =>
		console.log(`${color.magenta('transfer')} thread ${id} to ${newBusinessName}`),
	onDelivery: (record) => console.log(deliveryLine(record)),
};

function requestLine({ method, path, status, startedAt, endedAt }: RequestRecord): string {
	const milliseconds = (endedAt ?? startedAt) - startedAt;
	const response = status === null ? 'no answer' : String(status);
	const paint = status !== null && status < 400 ? color.green : color.red;
	return `${color.cyan('request ')} ${method} ${path} ${paint(response)} ${color.dim(`${milliseconds} ms`)}`;
}

function messageLine(
	{ from, invisible, body, attachment }: Message,
	{ id, channel }: Thread,
): string {
	const author = invisible ? `${from}, internal` : from;
	// JSON keeps line breaks and terminal control characters of customers out of the terminal.
	const said = [body, attachment?.name].filter((part) => typeof part === 'string');
	return `${color.yellow('message ')} thread ${id} ${channel} ${author}: ${said.map((part) => JSON.stringify(part)).join(' + ')}`;
}

function deliveryLine({ url, status, failure, delivered }: DeliveryRecord): string {
	const result = failure ?? String(status);
	return `${color.blue('delivery')} POST ${url} ${delivered ? color.green(result) : color.red(result)}`;
}

/** Where n8n finds it, by where n8n runs. */
function baseUrls({ own, docker, network }: Addresses): string {
	if (docker === null) return own;
	return [
		`${own}  when n8n runs here`,
		`${docker}  when n8n runs here in Docker`,
		...network.map((url) => `${url}  when n8n runs elsewhere`),
	].join('\n  ');
}

function welcome({ url, addresses, token }: Sandbox): string {
	const json = "-H 'Content-Type: application/json'";
	const api = `-H 'token: ${token}' ${json}`;
	const { webchat, whatsappClosed, email } = THREADS;
	return `
${color.bold('Instaply sandbox')}  ${color.underline(url)}
Open this page to write as the customer and to watch what happens.

Token: ${token}
In n8n: credential "Instaply API", this token, and as base URL
  ${baseUrls(addresses)}

${color.bold('A customer writes')}
curl ${json} -d '{"text":"Hello, are you open today?"}' ${url}/sandbox/threads/${webchat}/messages

${color.bold('Answer through the API')}
curl ${api} -d '{"customerThreadId":"${webchat}","text":"Yes, until 7 pm."}' ${url}/api/send-message-to-customer-thread

${color.bold('The window of this WhatsApp thread is closed: only a template goes through')}
curl ${api} '${url}/api/get-customer-thread-details?customerThreadId=${whatsappClosed}'
curl ${api} -d '{"customerThreadId":"${whatsappClosed}","contentSid":"${TEMPLATES.issueBack}"}' ${url}/api/send-message-to-customer-thread

${color.bold('Move a conversation, look at threads and deliveries')}
curl ${json} -d '{"businessId":"1001"}' ${url}/sandbox/threads/${email}/transfer
curl ${url}/sandbox/threads
curl ${url}/sandbox/deliveries

Ctrl-C stops it.
`;
}

/** Reads a whole number of at least 0. @throws Error that names the option */
function wholeNumber(option: string, text: string): number {
	if (!/^\d+$/.test(text)) throw new Error(`--${option} has to be a whole number`);
	return Number(text);
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			host: { type: 'string', default: '127.0.0.1' },
			port: { type: 'string', default: '3100' },
			token: { type: 'string' },
			latency: { type: 'string', default: '0' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	if (!isAddress(values.host)) throw new Error('--host has to be an IP address, such as 0.0.0.0');
	const sandbox = await startSandbox({
		host: values.host,
		port: wholeNumber('port', values.port),
		token: values.token,
		latencyMs: wholeNumber('latency', values.latency),
		journalLimit: JOURNAL_LIMIT,
		observer,
	});
	console.log(welcome(sandbox));
	// More than once: Ctrl+C comes from the terminal, and again from npm.
	const stop = () => void sandbox.close();
	process.on('SIGINT', stop).on('SIGTERM', stop);
}

main().catch((error: unknown) => {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	console.error(CANNOT_LISTEN.get(code) ?? String(error));
	process.exitCode = 1;
});
