// n8n's community scanner, of which jest cannot load the modules: the leg for sources or tarballs.
// The scanner that is installed here, unless a folder is named that has another.
const [folder, leg, home] = process.argv.slice(2);
const { analyzePackage, SOURCE_FILE_PATTERNS } = await (home === undefined
	? import('@n8n/scan-community-package/scanner/scanner.mjs')
	: import(new URL('node_modules/@n8n/scan-community-package/scanner/scanner.mjs', home).href));
const patterns = { sources: SOURCE_FILE_PATTERNS, tarball: ['**/*.js', 'package.json'] };
const { passed, message = '', details = '' } = await analyzePackage(folder, patterns[leg]);
// A leg that found no files passes too, and says so in its message.
console.log(passed && message === '' ? 'passed' : `${message}\n${details}`);
