/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { INSTAPLY, INSTAPLY_TRIGGER } from '../../../lab/nodes';
import { isReady } from '../../../tools/n8n/instance';
import { N8nRest, OWNER } from '../../../tools/n8n/rest';
import type { N8nUser } from '../../../tools/n8n/types';
import { waitUntil } from '../../../tools/process/wait';

/** An n8n that somebody else has started, such as in a container: tests neither restart nor end it. */
export interface ForeignN8n {
	/** Its public address, at which this machine reaches it too. Without a slash at the end. */
	url: string;
	/** Who logs in. Becomes the owner where nobody is one yet. */
	owner: N8nUser;
	/** A shell command that puts the tarball PACKAGE_TARBALL into n8n, and has n8n load it. */
	installCommand?: string;
}

/** The one that the environment names, in N8N_URL, N8N_EMAIL, N8N_PASSWORD and N8N_INSTALL_COMMAND. */
export function foreignN8n(env = process.env): ForeignN8n | undefined {
	const { N8N_URL, N8N_EMAIL, N8N_PASSWORD, N8N_INSTALL_COMMAND } = env;
	if (!N8N_URL) return undefined;
	if (!/^https?:\/\/./.test(N8N_URL) || !URL.canParse(N8N_URL)) {
		throw new Error(`N8N_URL has to be an address that begins with http, and is ${N8N_URL}`);
	}
	return {
		url: N8N_URL.replace(/\/+$/, ''),
		owner: {
			...OWNER,
			...(N8N_EMAIL && { email: N8N_EMAIL }),
			...(N8N_PASSWORD && { password: N8N_PASSWORD }),
		},
		...(N8N_INSTALL_COMMAND && { installCommand: N8N_INSTALL_COMMAND }),
	};
}

/**
 * Puts the package into an n8n, where the environment says how, and sees to it that tests can use it.
 *
 * @param pack makes the tarball, when it is needed
 * @returns the version of n8n
 * @throws an Error that says what n8n lacks
 */
export async function prepareForeignN8n(
	{ url, owner, installCommand }: ForeignN8n,
	pack: () => Promise<string>,
): Promise<string> {
	if (installCommand) await runCommand(installCommand, { PACKAGE_TARBALL: await pack() });
	await waitUntil(async () => await isReady(url), { what: `n8n at ${url}`, timeout: 180_000 });
	const rest = new N8nRest(url);
	const { userManagement } = await rest.settings();
	if (userManagement.showSetupOnFirstLoad) await rest.setupOwner(owner);
	else await rest.login(owner);

	const { versionCli, urlBaseWebhook } = await rest.settings();
	if (urlBaseWebhook.replace(/\/+$/, '') !== url) {
		throw new Error(
			`n8n says that its public address is ${urlBaseWebhook}: set its N8N_WEBHOOK_URL (WEBHOOK_URL in older versions) to ${url}, or N8N_URL to that address`,
		);
	}
	const names = (await rest.nodeTypes()).map(({ name }) => name);
	if (![INSTAPLY, INSTAPLY_TRIGGER].every((name) => names.includes(name))) {
		throw new Error(
			`n8n ${versionCli} at ${url} has no Instaply nodes: put the package into .n8n/nodes of its user (npx tsx tools/n8n/communityPackage.ts <folder>), set N8N_UNVERIFIED_PACKAGES_ENABLED=true, and restart it`,
		);
	}
	return versionCli;
}

/** Of one that was prepared. */
export async function versionOf({ url, owner }: ForeignN8n): Promise<string> {
	const rest = new N8nRest(url);
	await rest.login(owner);
	return (await rest.settings()).versionCli;
}

async function runCommand(command: string, env: Record<string, string>): Promise<void> {
	const running = spawn(command, {
		shell: true,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const [code] = await once(running, 'close');
	if (code !== 0) throw new Error(`N8N_INSTALL_COMMAND ended with ${code}`);
}
