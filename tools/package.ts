/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { dirname } from 'node:path';

export { name as PACKAGE_NAME } from '../package.json';

/** The folder of the package of this repository. */
export const ROOT = dirname(__dirname);
