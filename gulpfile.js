const { access, readFile, rm } = require('node:fs/promises');
const path = require('node:path');
const { dest, series, src } = require('gulp');

const ICON_REFERENCE = /['"]file:([^'"]+)['"]/g;

/** Removes what an earlier build left, so that nothing stale is ever published. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Fails when a node or credential names an icon that does not exist. */
async function checkIcons() {
	const { n8n } = require('./package.json');
	const missing = [];
	for (const compiled of [...n8n.nodes, ...n8n.credentials]) {
		const source = path.relative('dist', compiled).replace(/\.js$/, '.ts');
		const references = [...(await readFile(source, 'utf8')).matchAll(ICON_REFERENCE)];
		if (references.length === 0) missing.push(`${source} names no icon`);
		for (const [, icon] of references) {
			const file = path.join(path.dirname(source), icon);
			await access(file).catch(() => missing.push(`${source} names ${icon}, which is not there`));
		}
	}
	if (missing.length > 0) throw new Error(missing.join('\n'));
}

/** Copies the icons to where the compiled nodes and credentials look for them. */
function copyIcons() {
	return src('icons/*.svg').pipe(dest('dist/icons'));
}

exports.clean = clean;
exports.default = series(checkIcons, copyIcons);
