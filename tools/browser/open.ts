/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';

/** Where a program runs, as far as it matters to opening a browser. */
export interface Surroundings {
	platform: NodeJS.Platform;
	env: NodeJS.ProcessEnv;
	/** Whether somebody sits at the terminal. */
	isInteractive: boolean;
}

const OPENERS: Partial<Record<NodeJS.Platform, [command: string, ...args: string[]]>> = {
	darwin: ['open'],
	linux: ['xdg-open'],
	win32: ['cmd', '/c', 'start', ''],
};

/** The command that opens a URL in the user's browser; null without a user or a screen. */
export function opener({ platform, env, isInteractive }: Surroundings): string[] | null {
	if (!isInteractive || env.CI || env.SSH_CONNECTION) return null;
	if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return null;
	return OPENERS[platform] ?? null;
}

/** Opens a URL of our own making in the user's browser, where that makes sense; never fails. */
export function openInBrowser(url: string): void {
	const { platform, env, stdout } = process;
	const [command, ...args] = opener({ platform, env, isInteractive: stdout.isTTY }) ?? [];
	if (command === undefined) return;
	const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
	child.on('error', () => {}).unref();
}
