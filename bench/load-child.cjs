// Loads an installed package as n8n does at its start, in a process that has loaded n8n's own parts.
require('reflect-metadata');
const { setImmediate } = require('node:timers/promises');
const { PackageDirectoryLoader } = require('n8n-core');

/** In turns of the event loop, because Node.js lets go of some of what n8n's own parts used only then. */
async function heap() {
	for (let turn = 0; turn < 10; turn += 1) {
		await setImmediate();
		global.gc();
	}
	return process.memoryUsage().heapUsed;
}

(async () => {
	const loader = new PackageDirectoryLoader(process.argv[2]);
	const modulesBefore = Object.keys(require.cache).length;
	const before = await heap();
	const start = performance.now();
	await loader.loadAll();
	const ms = performance.now() - start;
	const bytes = (await heap()) - before;
	const files = Object.keys(require.cache).length - modulesBefore;
	console.log(JSON.stringify({ ms, bytes, files, nodes: loader.types.nodes.length }));
})();
