/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	createSourceFile,
	forEachChild,
	isStringLiteralLike,
	isTemplateExpression,
	ScriptTarget,
	type Node,
} from 'typescript';

import { filesBelow, ROOT } from './files';

/** A text of the code, with gaps where it is filled in. */
interface CodeText {
	pattern: RegExp;
	/** Without the gaps. */
	length: number;
}

/** Tells whether the code says a message, in which an ellipsis stands for what differs. */
export async function readMessages(): Promise<(message: string) => boolean> {
	const texts: CodeText[] = [];
	for (const folder of ['nodes', 'credentials']) {
		for (const file of await filesBelow(join(ROOT, folder))) {
			if (!file.endsWith('.ts')) continue;
			const source = await readFile(join(ROOT, folder, file), 'utf8');
			texts.push(...textsIn(createSourceFile(file, source, ScriptTarget.ES2022)));
		}
	}
	// A text of gaps alone would be any message.
	return (message) =>
		texts.some(({ pattern, length }) => length * 2 >= message.length && pattern.test(message));
}

function textsIn(node: Node): CodeText[] {
	const texts: CodeText[] = [];
	const visit = (child: Node) => {
		texts.push(...textsIn(child));
	};
	if (isStringLiteralLike(node)) {
		const [sentence = ''] = /^.+?\.(?= )/s.exec(node.text) ?? [];
		texts.push(...[node.text, sentence].map((text) => codeText([text])));
	} else if (isTemplateExpression(node)) {
		const parts = [node.head, ...node.templateSpans.map(({ literal }) => literal)];
		texts.push(codeText(parts.map(({ text }) => text)));
	}
	forEachChild(node, visit);
	return texts;
}

function codeText(parts: string[]): CodeText {
	const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
	return { pattern: new RegExp(`^${escaped.join('.+')}$`, 's'), length: parts.join('').length };
}
