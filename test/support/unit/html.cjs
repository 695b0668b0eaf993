const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

exports.htmlOf = (texts) => {
	const script = join(__dirname, 'micromark.mjs');
	const options = { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
	return JSON.parse(execFileSync(process.execPath, [script], options));
};
