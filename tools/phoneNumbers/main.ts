/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../package';
import { callingCodesSource } from './callingCodes';

writeFileSync(join(ROOT, 'nodes/Instaply/parameters/callingCodes.ts'), callingCodesSource());
