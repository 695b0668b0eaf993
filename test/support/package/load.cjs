// Loads an installed package as n8n does and prints what n8n then knows of it.
require('reflect-metadata');
const { PackageDirectoryLoader } = require('n8n-core');

(async () => {
	const loader = new PackageDirectoryLoader(process.argv[2]);
	await loader.loadAll();
	const { nodes, credentials } = loader.types;
	console.log(JSON.stringify({ packageName: loader.packageName, nodes, credentials }));
})();
