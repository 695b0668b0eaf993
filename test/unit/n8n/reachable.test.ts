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
				message: 'Instaply cannot reach this n8n: WEBHOOK_URL has to be its public address',
				description: expect.stringContaining('http://localhost:5678,'),
				failure: { cause: 'configuration-invalid' },
			}),
		);
	});

	it.each([
		['a local URL to a local Instaply', here, 'http://127.0.0.1:4010'],
		['a public URL to Instaply', there, 'https://me.instaply.com'],
		['a public URL to a local Instaply', there, 'http://127.0.0.1:4010'],
	])('allows %s', (_, url, baseUrl) => {
		expect(() => assertReachable(url, baseUrl)).not.toThrow();
	});
});
