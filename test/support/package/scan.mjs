// n8n's community scanner, of which jest cannot load the modules: the leg for sources or tarballs.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [folder, leg] = process.argv.slice(2);
const patterns = { sources: SOURCE_FILE_PATTERNS, tarball: ['**/*.js', 'package.json'] };
const { passed, message = '', details = '' } = await analyzePackage(folder, patterns[leg]);
// A leg that found no files passes too, and says so in its message.
console.log(passed && message === '' ? 'passed' : `${message}\n${details}`);
