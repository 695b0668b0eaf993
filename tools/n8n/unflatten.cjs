/** flatted's type declarations are for ES modules only, which CommonJS TypeScript cannot import. */
exports.unflatten = require('flatted').parse;
