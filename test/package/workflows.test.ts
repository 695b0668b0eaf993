/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import manifest from '../../package.json';
import { filesBelow, ROOT } from '../support/package/files';

/*
 * What GitHub runs, which no test here can run: what its files say, line by line. Prettier, in
 * repository.test.ts, shows that they are YAML.
 */

const FOLDER = '.github/workflows';
const NAMES = ['ci', 'compat', 'container', 'nightly', 'publish'];

const read = async (file: string) => await readFile(join(ROOT, file), 'utf8');

/** What is below a key, up to the next one that is no deeper. */
function below(text: string, key: string, indent: number): string | undefined {
	const lines = text.split('\n');
	const start = lines.indexOf(`${' '.repeat(indent)}${key}:`);
	if (start < 0) return undefined;
	const rest = lines.slice(start + 1);
	const end = rest.findIndex((line) => /\S/.test(line) && line.search(/\S/) <= indent);
	return rest.slice(0, end < 0 ? undefined : end).join('\n');
}

/** The jobs of a workflow, by their names. */
function jobsOf(text: string): Record<string, string> {
	const jobs = below(text, 'jobs', 0) ?? '';
	const names = [...jobs.matchAll(/^ {2}([\w-]+):$/gm)].map(([, name = '']) => name);
	return Object.fromEntries(names.map((name) => [name, below(jobs, name, 2) ?? '']));
}

const permissionsIn = (text: string, indent: number) =>
	below(text, 'permissions', indent)?.match(/[\w-]+: \w+/g);

it('All workflows are looked at', async () => {
	expect(await filesBelow(join(ROOT, FOLDER))).toEqual(NAMES.map((name) => `${name}.yml`));
});

describe.each(NAMES)('The workflow %s', (name) => {
	let text: string;
	beforeAll(async () => {
		text = await read(`${FOLDER}/${name}.yml`);
	});

	it('uses actions at a commit, with their version beside it', () => {
		const used = [...text.matchAll(/uses: *(.*)$/gm)].map(([, action = '']) => action);
		expect(used.length).toBeGreaterThan(0);
		for (const action of used) {
			expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	it('may read the repository and nothing else, but to publish', () => {
		expect(permissionsIn(text, 0)).toEqual(['contents: read']);
		const jobs = Object.entries(jobsOf(text)).map(([job, steps]) => [job, permissionsIn(steps, 4)]);
		const more = jobs.filter(([, permissions]) => permissions !== undefined);
		expect(more).toEqual(
			name === 'publish' ? [['publish', ['contents: read', 'id-token: write']]] : [],
		);
	});

	it('leaves no token behind in the checkout', () => {
		const checkouts = text.match(/uses: actions\/checkout@.*\n(?:.*\n){2}/g) ?? [];
		expect(checkouts.length).toBe(Object.keys(jobsOf(text)).length);
		for (const checkout of checkouts) expect(checkout).toContain('persist-credentials: false');
	});

	it('ends', () => {
		for (const job of Object.values(jobsOf(text))) {
			expect(job).toMatch(/^ {4}timeout-minutes: \d+$/m);
		}
	});

	it('puts nothing that others write into a script', () => {
		const given = /\$\{\{ *(github\.event\.|github\.head_ref|inputs\.)/;
		for (const line of text.split('\n').filter((one) => given.test(one))) {
			expect(line).toMatch(/^ +(tag|cancel-in-progress): /);
		}
	});

	it('runs scripts and files that are there', async () => {
		for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g)) {
			expect(Object.keys(manifest.scripts)).toContain(script);
		}
		for (const [, file = ''] of text.matchAll(/(?:npx tsx|run:) ((?:\.ci|test|tools)\/[\w./]+)/g)) {
			await access(join(ROOT, file));
		}
	});
});

describe('The workflows', () => {
	it('are found out to be wrong', () => {
		const text =
			'permissions:\n  contents: write\n\njobs:\n  one:\n    steps: []\n  two:\n    a: 1\n';
		expect(permissionsIn(text, 0)).toEqual(['contents: write']);
		expect(jobsOf(text)).toEqual({ one: '    steps: []', two: '    a: 1\n' });
	});

	it('test what needs no n8n on all three systems, and show the demo there', async () => {
		const systems = 'os: [ubuntu-latest, macos-latest, windows-latest]';
		expect(jobsOf(await read(`${FOLDER}/ci.yml`)).systems).toContain(systems);
		expect(jobsOf(await read(`${FOLDER}/nightly.yml`)).demo).toContain(systems);
	});

	it('have dependabot wait a week, for packages and for actions', async () => {
		const updates = (await read('.github/dependabot.yml')).split('package-ecosystem: ').slice(1);
		expect(updates.map((update) => update.split('\n')[0])).toEqual(['npm', 'github-actions']);
		for (const update of updates) {
			expect(below(update, 'cooldown', 4)).toMatch(/default-days: ([7-9]|\d\d)$/m);
		}
	});
});
