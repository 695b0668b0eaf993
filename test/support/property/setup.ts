/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { randomInt } from 'node:crypto';
import fc from 'fast-check';

/*
 * How often each property is tried, and with what. `npm test` has a seed that never changes: what is
 * red there is red because of a change, and for everybody. At night, `PROPERTY_RUNS` asks for more of
 * them, with a seed that nobody had before. Of a counterexample, fast-check prints the seed and the
 * path, which `PROPERTY_SEED` and `PROPERTY_PATH` bring back.
 */

const FIXED_SEED = 20_260_401;
const USUAL_RUNS = 300;

const { PROPERTY_RUNS, PROPERTY_SEED, PROPERTY_PATH } = process.env;
const newSeed = PROPERTY_RUNS === undefined ? FIXED_SEED : randomInt(2 ** 31);
const seed = PROPERTY_SEED === undefined ? newSeed : Number(PROPERTY_SEED);
const numRuns = PROPERTY_RUNS === undefined ? USUAL_RUNS : Number(PROPERTY_RUNS);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(numRuns) || numRuns < 1) {
	throw new Error('PROPERTY_RUNS and PROPERTY_SEED have to be whole numbers');
}

fc.configureGlobal({ seed, numRuns, ...(PROPERTY_PATH !== undefined && { path: PROPERTY_PATH }) });
if (PROPERTY_RUNS !== undefined) {
	process.stderr.write(`${numRuns} runs of each property with PROPERTY_SEED=${seed}\n`);
}

jest.setTimeout(60 * 60_000);
