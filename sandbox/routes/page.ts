/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const PAGE = join(dirname(__dirname), 'page');
const ICONS = join(dirname(dirname(__dirname)), 'icons');

/** The files of the page. */
const FILES: Record<string, string> = {
	'/': join(PAGE, 'index.html'),
	'/page/page.css': join(PAGE, 'page.css'),
	'/page/page.js': join(PAGE, 'page.js'),
	'/page/client.js': join(PAGE, 'client.js'),
	'/page/words.js': join(PAGE, 'words.js'),
	'/page/alpine.js': join(dirname(require.resolve('alpinejs')), 'module.esm.min.js'),
	'/page/icon.svg': join(ICONS, 'instaply.svg'),
};

const MEDIA_TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.svg': 'image/svg+xml',
};

/** Nothing from elsewhere and nothing inline. Alpine.js compiles its expressions: 'unsafe-eval'. */
const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self' 'unsafe-eval'",
	"style-src 'self'",
	"img-src 'self'",
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

/** The page that shows the sandbox and drives it. */
export async function registerPage(app: FastifyInstance): Promise<void> {
	for (const [path, file] of Object.entries(FILES)) {
		app.get(path, async (_request, reply) =>
			reply
				.type(MEDIA_TYPES[extname(file)] ?? 'application/octet-stream')
				.headers({
					'Cache-Control': 'no-cache',
					'Content-Security-Policy': CONTENT_SECURITY_POLICY,
					'Referrer-Policy': 'no-referrer',
					'X-Content-Type-Options': 'nosniff',
				})
				.send(await readFile(file)),
		);
	}
}
