import { listenHost, urlForN8n } from '../../../tools/n8n/reach';

describe('A server of this machine that n8n calls', () => {
	const URL_HERE = 'http://127.0.0.1:4010';

	it('is on this machine alone, and called there, unless the environment says otherwise', () => {
		expect(listenHost({})).toBe('127.0.0.1');
		expect(urlForN8n(URL_HERE, {})).toBe(URL_HERE);
	});

	it.each([
		[{ TEST_SERVERS_LISTEN: '172.17.0.1' }, 'http://172.17.0.1:4010'],
		[{ TEST_SERVERS_HOST: 'host.docker.internal' }, 'http://host.docker.internal:4010'],
		[{ TEST_SERVERS_LISTEN: '0.0.0.0', TEST_SERVERS_HOST: '[fd00::2]' }, 'http://[fd00::2]:4010'],
	])('with %j is called %s', (env, expected) => {
		expect(urlForN8n(URL_HERE, env)).toBe(expected);
		expect(urlForN8n('http://[::1]:4010', env)).toBe(expected);
	});
});
