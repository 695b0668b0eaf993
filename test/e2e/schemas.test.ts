/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import axios from 'axios';

import { INSTAPLY, INSTAPLY_TRIGGER } from '../../lab/nodes';

const FOLDER = join(__dirname, '../../nodes/Instaply/__schema__');

/** Where the editor of n8n 2.41.1 asks for the fields of a node that has not run. */
const served = async (path: string): Promise<unknown> =>
	(await axios.get(`${process.env.N8N_UNDER_TEST}/schemas/${path}.json`, { proxy: false })).data;

/** The paths at which n8n serves them, and their files. */
const schemas = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.json'))
	.map((file) => ({ path: pathOf(file), file }));
// The build gives all versions of the trigger the same.
for (const path of ['1.1.0', '1.2.0']) schemas.push({ path, file: 'v1.0.0.json' });

/** Without the letter and the ending. */
function pathOf(file: string): string {
	return file
		.replace(/^v/, '')
		.replace(/\.json$/, '')
		.split(sep)
		.join('/');
}

it('n8n offers the schemas of the package for download', async () => {
	expect(schemas.length).toBeGreaterThan(10);
	for (const { path, file } of schemas) {
		const node = path.includes('/') ? INSTAPLY : INSTAPLY_TRIGGER;
		const schema = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
		expect(await served(`${node}/${path}`)).toEqual(schema);
	}
});
