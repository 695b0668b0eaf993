import type { Browser } from 'playwright-core';

import type { Stage } from '../demo/stage';
import type { Editor } from '../tools/n8n/editor';

/** Where pictures are taken: a real n8n, a sandbox, and n8n's editor in a browser. */
export interface Studio {
	stage: Stage;
	browser: Browser;
	editor: Editor;
}

/** A picture of the documentation, without what its file ends with, and how it is taken. */
export interface Picture {
	name: string;
	/** @returns a PNG */
	take(studio: Studio): Promise<Buffer>;
}
