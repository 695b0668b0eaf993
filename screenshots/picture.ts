import type { Browser } from 'playwright-core';

import type { Lab } from '../lab/lab';
import type { Editor } from '../tools/n8n/editor';

/** What pictures are taken of: a lab, and its n8n's editor in a browser. */
interface Subject {
	lab: Lab;
	browser: Browser;
	editor: Editor;
}

/** A picture of the documentation, without what its file ends with, and how it is taken. */
export interface Picture {
	name: string;
	/** @returns a PNG */
	take(subject: Subject): Promise<Buffer>;
}
