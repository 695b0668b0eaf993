const { access, copyFile, mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const BUNDLE = 'dist/instaply.js';
const ICON_REFERENCE = /['"]file:([^'"]+)['"]/g;

/** The shape of the trigger's items is the same in all versions; n8n asks for a file of each. */
const SCHEMAS = 'nodes/Instaply/__schema__';
const TRIGGER_SCHEMA = 'v1.0.0.json';
const FURTHER_TRIGGER_SCHEMAS = ['v1.1.0.json', 'v1.2.0.json'];

/** The files that n8n loads. */
const compiled = [...n8n.nodes, ...n8n.credentials];
const sourceOf = (file) => path.posix.relative('dist', file).replace(/\.js$/, '.ts');

/** Removes what an earlier build left, so that nothing stale is ever published. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Fails when a node or credential names an icon that does not exist. */
async function checkIcons() {
	const missing = [];
	for (const source of compiled.map(sourceOf)) {
		const references = [...(await readFile(source, 'utf8')).matchAll(ICON_REFERENCE)];
		if (references.length === 0) missing.push(`${source} names no icon`);
		for (const [, icon] of references) {
			const file = path.join(path.dirname(source), icon);
			await access(file).catch(() => missing.push(`${source} names ${icon}, which is not there`));
		}
	}
	if (missing.length > 0) throw new Error(missing.join('\n'));
}

/**
 * Puts all code into one file, because n8n loads every package when it starts, and each file costs
 * time (`npm run bench:load`). One and not one each, because the nodes share what they remember.
 */
async function bundle() {
	await esbuild.build({
		stdin: {
			contents: compiled.map((file) => `export * from './${sourceOf(file)}';`).join('\n'),
			resolveDir: __dirname,
		},
		bundle: true,
		external: ['n8n-workflow'],
		format: 'cjs',
		// Every install downloads it: with the names of functions, it would be 6 kB more.
		minify: true,
		outfile: BUNDLE,
		platform: 'node',
	});
	for (const file of compiled) {
		const { dir } = path.parse(file);
		await mkdir(dir, { recursive: true });
		const target = path.posix.relative(dir, BUNDLE);
		await writeFile(file, `module.exports = require('${target}');\n`);
	}
}

/** Copies the icons, the search words of the nodes and the shapes of their items. */
function copy() {
	return src(['icons/*.svg', 'nodes/**/*.json'], { base: '.' }).pipe(dest('dist'));
}

async function copyTriggerSchema() {
	const target = path.join('dist', SCHEMAS);
	await mkdir(target, { recursive: true });
	for (const name of FURTHER_TRIGGER_SCHEMAS) {
		await copyFile(path.join(SCHEMAS, TRIGGER_SCHEMA), path.join(target, name));
	}
}

exports.clean = clean;
exports.default = series(checkIcons, parallel(bundle, copy, copyTriggerSchema));
