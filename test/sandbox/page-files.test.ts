import axios from 'axios';

import { start } from '../support/sandbox/server';

const FILES = [...['', 'page/page.css', 'page/page.js', 'page/client.js', 'page/words.js']];

describe("The files of the sandbox's page", () => {
	it.each([...FILES, 'page/alpine.js', 'page/icon.svg'])('serves /%s', async (file) => {
		const { sandbox } = await start();
		const { status, headers } = await axios.get(`${sandbox.url}/${file}`, { proxy: false });
		expect(status).toBe(200);
		expect(headers['content-type']).toMatch(/^(text\/(html|css|javascript)|image\/svg\+xml)/);
	});

	it('lets the page load nothing from elsewhere, and nobody frame it', async () => {
		const { sandbox } = await start();
		const { headers } = await axios.get(sandbox.url, { proxy: false });
		const policy = String(headers['content-security-policy']);
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("frame-ancestors 'none'");
		expect(policy).not.toMatch(/unsafe-inline|https?:|\*/);
	});

	it('does not count the page among the requests to Instaply', async () => {
		const { sandbox, control } = await start();
		await axios.get(sandbox.url, { proxy: false });
		await axios.get(`${sandbox.url}/page/page.js`, { proxy: false });
		expect((await control.get('/requests')).data).toEqual([]);
	});

	it('shows customers’ words as text only', async () => {
		const { sandbox } = await start();
		for (const file of FILES) {
			const { data } = await axios.get(`${sandbox.url}/${file}`, { proxy: false });
			expect(data).not.toMatch(/x-html|innerHTML|insertAdjacentHTML|document\.write/);
		}
	});
});
