/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FAULT_KINDS } from '../../sandbox/faults';
import { CONTROL_ROUTES } from '../../sandbox/routes/control';
import { API_ROUTES } from '../../sandbox/server';
import { DEFAULT_VARIANTS } from '../../sandbox/variants';

const README = readFileSync(join(__dirname, '../../sandbox/README.md'), 'utf8');

/** The first cell of each row of the table in a section. */
function firstCells(section: string): string[] {
	const [, text = ''] = README.split(`\n## ${section}\n`);
	const [body = ''] = text.split('\n## ');
	const [, , ...rows] = body.split('\n').filter((line) => line.startsWith('|'));
	return rows.map((row) => row.split('|')[1]?.trim() ?? '');
}

/** What stands in code in these cells. A path without a method has that of the path before. */
function routesIn(cells: string[]): string[] {
	let method = '';
	return cells
		.flatMap((cell) => cell.match(/(?<=`)[^`,]+(?=`)/g) ?? [])
		.map((code) => {
			if (code.startsWith('/')) return `${method} ${code}`;
			[method = ''] = code.split(' ');
			return code;
		});
}

describe('The README of the sandbox', () => {
	it('lists every endpoint of the API', () => {
		expect(routesIn(firstCells('The API'))).toEqual(API_ROUTES);
	});

	it('lists every endpoint that drives it', () => {
		expect(routesIn(firstCells('Driving it')).sort()).toEqual([...CONTROL_ROUTES].sort());
	});

	it.each([
		['fault', 'Faults', FAULT_KINDS],
		['variant', 'Variants', Object.keys(DEFAULT_VARIANTS)],
	])('lists every kind of %s', (_what, section, names) => {
		expect(firstCells(section).sort()).toEqual(names.map((name) => `\`${name}\``).sort());
	});
});
