/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { exampleNames, inFrench, readExampleFile, translatedNames } from '../../lab/examples';
import manifest from '../../package.json';
import { filesBelow, ROOT } from '../support/package/files';

/*
 * What n8n 3 takes away, by its list of breaking changes, and nothing here may use: see
 * docs/n8n-assumptions.md.
 */

/** Of those that are gone, the ones that somebody might put into an example. */
const GONE = [
	...['function', 'functionItem', 'itemLists', 'cron', 'interval', 'htmlExtract', 'iCal'],
	...['moveBinaryData', 'readBinaryFile', 'readBinaryFiles', 'writeBinaryFile', 'readPDF'],
	...['workflowTrigger', 'openAi', 'aiTransform'],
].map((name) => `n8n-nodes-base.${name}`);
const GONE_LANGCHAIN = [
	...['code', 'manualChatTrigger', 'lmOpenAi', 'openAiAssistant', 'toolHttpRequest'],
	...['toolSerpApi', 'memoryChatRetriever', 'memoryMotorhead', 'memoryZep'],
].map((name) => `@n8n/n8n-nodes-langchain.${name}`);

const MODE = /run once for each item/i;

describe.each([...exampleNames(), ...translatedNames().map(inFrench)])('The example %s', (name) => {
	it('has no node that is gone, or behaves otherwise', async () => {
		const { nodes } = await readExampleFile(name);
		const types = nodes.map(({ type }) => type);
		for (const type of [...GONE, ...GONE_LANGCHAIN]) expect(types).not.toContain(type);
		for (const { type, typeVersion, parameters, alwaysOutputData } of nodes) {
			// A task of it may take a minute, and no longer five.
			expect(type).not.toBe('n8n-nodes-base.code');
			if (type === '@n8n/n8n-nodes-langchain.agent') expect(typeVersion).toBeGreaterThanOrEqual(2);
			if (/\.(if|switch|filter)$/.test(type)) expect(alwaysOutputData).not.toBe(true);
			if (type === 'n8n-nodes-base.executeWorkflow') {
				expect(parameters).not.toMatchObject({ mode: 'each' });
				expect(['database', 'parameter', undefined]).toContain(parameters.source);
			}
		}
	});

	it('uses no helper that is gone', async () => {
		const text = JSON.stringify(await readExampleFile(name));
		expect(text).not.toMatch(/\$getPairedItem|\$evaluateExpression/);
		expect(text).not.toMatch(MODE);
	});
});

it('Nobody is advised to run something once for each item, which is deprecated', async () => {
	for (const folder of ['nodes', 'docs', 'sandbox', 'demo', 'examples']) {
		for (const file of await filesBelow(join(ROOT, folder))) {
			// Where the page of assumptions names the mode, it says that it goes.
			if (file === 'n8n-assumptions.md') continue;
			const text = await readFile(join(ROOT, folder, file), 'utf8');
			expect({ file: `${folder}/${file}`, found: MODE.test(text) }).toMatchObject({ found: false });
		}
	}
	expect(await readFile(join(ROOT, 'README.md'), 'utf8')).not.toMatch(MODE);
});

it('The package asks for a version of the nodes API that old and new n8n have', () => {
	expect(manifest.n8n.n8nNodesApiVersion).toBe(1);
});
