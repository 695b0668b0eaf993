/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { installN8n } from '../tools/n8n/install';
import { startN8n, type N8nInstance, type StartOptions } from '../tools/n8n/instance';
import { N8nRest } from '../tools/n8n/rest';
import { packPackage } from '../tools/pack';
import type { CleanUp } from '../tools/process/cleanUp';

/** How an n8n with this package in it starts. */
export interface N8nOptions extends Partial<Omit<StartOptions, 'command'>> {
	/** Default: as `installN8n` decides. */
	n8nVersion?: string;
	/** How large the heap of n8n may become; default: as Node.js decides. */
	heapMb?: number;
	/** Called with what is being done, because some of it takes minutes the first time. */
	onStep?: (step: string) => void;
}

/**
 * Starts an n8n with this package and an owner. The package is built and packed for it, unless a
 * tarball is given.
 *
 * @param cleanUp given what to undo, step by step; run if starting fails
 */
export async function startN8nWithPackage(
	{ n8nVersion, heapMb, onStep = () => {}, ...options }: N8nOptions,
	cleanUp: CleanUp,
): Promise<N8nInstance> {
	return await cleanUp.runOnFailure(async () => {
		let { packageTarball } = options;
		if (packageTarball === undefined) {
			onStep('Building and packing the package');
			packageTarball = await packFor(cleanUp);
		}
		onStep('Looking for n8n');
		const installation = options.installation ?? (await installN8n(n8nVersion));
		onStep('Starting n8n with the package installed as a community node');
		const heap = heapMb && { NODE_OPTIONS: `--max-old-space-size=${heapMb}` };
		const env = { ...heap, ...options.env };
		const n8n = await startN8n({ ...options, installation, packageTarball, env });
		cleanUp.add(async () => await n8n.stop());
		onStep('Creating the owner');
		await new N8nRest(n8n.url).setupOwner();
		return n8n;
	});
}

/**
 * Builds and packs this package.
 *
 * @returns the path of the tarball, which `cleanUp` removes
 */
export async function packFor(cleanUp: CleanUp): Promise<string> {
	const tarball = await packPackage();
	cleanUp.add(async () => await rm(dirname(tarball), { recursive: true, force: true }));
	return tarball;
}
