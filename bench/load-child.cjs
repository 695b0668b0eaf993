// Loads an installed package as n8n does at its start, in a process that has loaded n8n's own parts.
require('reflect-metadata');
const { PackageDirectoryLoader } = require('n8n-core');

(async () => {
	const loader = new PackageDirectoryLoader(process.argv[2]);
	global.gc();
	const before = process.memoryUsage().heapUsed;
	const modulesBefore = Object.keys(require.cache).length;
	const start = performance.now();
	await loader.loadAll();
	const ms = performance.now() - start;
	global.gc();
	const bytes = process.memoryUsage().heapUsed - before;
	const files = Object.keys(require.cache).length - modulesBefore;
	console.log(JSON.stringify({ ms, bytes, files, nodes: loader.types.nodes.length }));
})();
