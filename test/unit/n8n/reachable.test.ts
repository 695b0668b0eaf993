import { assertReachable, isLocal } from '../../../nodes/Instaply/n8n/reachable';

describe('isLocal', () => {
	it.each([
		'localhost',
		'localhost:5678',
		'LOCALHOST.',
		'n8n',
		'n8n.localhost',
		'n8n.local',
		'host.docker.internal',
		'nas.home.arpa',
		'127.0.0.1:5678',
		'127.1',
		'0.0.0.0',
		'0x7f000001',
		'10.0.0.8',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.1.20',
		'169.254.169.254',
		'100.64.0.1',
		'100.127.255.255',
		'[::1]',
		'[::]',
		'[::ffff:192.168.0.1]',
		'[::ffff:127.0.0.1]',
		'[::ffff:a00:8]',
		'[fd12:3456::1]',
		'[fe80::1]',
	])('is true of %s', (host) => {
		expect(isLocal(`http://${host}/webhook/abc/webhook`)).toBe(true);
	});

	it.each([
		'me.instaply.com',
		'n8n.example.com:8443',
		'localhost.example.com',
		'abc.trycloudflare.com',
		'8.8.8.8',
		'172.15.0.1',
		'172.32.0.1',
		'192.169.0.1',
		'100.63.0.1',
		'100.128.0.1',
		'110.0.0.1',
		'1270.example.com',
		'10.example.com',
		'[2606:4700::1111]',
		'[::ffff:8.8.8.8]',
		'[::ffff:808:808]',
		'[::ffff:c0a8:1:2]',
	])('is false of %s', (host) => {
		expect(isLocal(`https://${host}/webhook/abc/webhook`)).toBe(false);
	});

	it.each(['', 'localhost', 'no url'])('is false of what is no URL: %j', (text) => {
		expect(isLocal(text)).toBe(false);
	});
});

describe('assertReachable', () => {
	const here = 'http://localhost:5678/webhook/abc/webhook';
	const there = 'https://n8n.example.com/webhook/abc/webhook';

	it('refuses a local URL to an Instaply elsewhere, and says what to do', () => {
		expect(() => assertReachable(here, 'https://me.instaply.com')).toThrow(
			expect.objectContaining({
				message:
					'Instaply cannot reach this n8n: N8N_WEBHOOK_URL (or WEBHOOK_URL) has to be its public address',
				description: expect.stringContaining('http://localhost:5678,'),
				failure: { cause: 'configuration-invalid' },
			}),
		);
	});

	it.each([
		['n8n.example.com', 'n8n.example.com'],
		['n8n.example.com:8443/n8n', 'n8n.example.com:8443'],
		['localhost:5678', 'localhost:5678'],
		['ftp://n8n.example.com', 'ftp://n8n.example.com'],
		['//n8n.example.com', '//n8n.example.com'],
		['/n8n', '/n8n'],
		['https:n8n.example.com', 'https:n8n.example.com'],
		['https://', 'https:///webhook'],
		['https:///n8n.example.com', 'https:///n8n.example.com'],
		['https://n8n example.com', 'https://n8n example.com'],
		[' https://n8n.example.com', ' https:'],
		['"https://n8n.example.com"', '"https:'],
		['x'.repeat(120), 'x'.repeat(100)],
		['', '/webhook'],
	])('refuses what is no complete address, wherever Instaply is: %j', (base, found) => {
		for (const baseUrl of ['https://me.instaply.com', 'http://127.0.0.1:4010']) {
			expect(() => assertReachable(`${base}/webhook/abc?signature=secret`, baseUrl)).toThrow(
				expect.objectContaining({
					message: `N8N_WEBHOOK_URL (or WEBHOOK_URL) has to begin with https://, but this n8n has the address '${found}'`,
					description: expect.stringMatching(/N8N_WEBHOOK_URL.* WEBHOOK_URL.*https:\/\//),
					failure: { cause: 'configuration-invalid' },
				}),
			);
		}
	});

	it.each([
		['an address in upper case', 'HTTPS://N8N.example.com/webhook/abc', 'https://me.instaply.com'],
		['a local URL to a local Instaply', here, 'http://127.0.0.1:4010'],
		['a public URL to Instaply', there, 'https://me.instaply.com'],
		['a public URL to a local Instaply', there, 'http://127.0.0.1:4010'],
	])('allows %s', (_, url, baseUrl) => {
		expect(() => assertReachable(url, baseUrl)).not.toThrow();
	});
});
