const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

// Required into an n8n: what it holds for good shows only after a garbage collection.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

process.on('SIGUSR2', () => collectGarbage());
