import { opener, type Surroundings } from '../../../tools/browser/open';

const desktop: Surroundings = {
	platform: 'linux',
	env: { DISPLAY: ':0' },
	isInteractive: true,
};

it.each<[string, Partial<Surroundings>, string]>([
	['Linux', {}, 'xdg-open'],
	['Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'xdg-open'],
	['macOS', { platform: 'darwin', env: {} }, 'open'],
	['Windows', { platform: 'win32', env: {} }, 'cmd'],
])('opens the browser of a desktop: %s', (_name, given, command) => {
	expect(opener({ ...desktop, ...given })?.[0]).toBe(command);
});

it.each<[string, Partial<Surroundings>]>([
	['without a display', { env: {} }],
	['in CI', { env: { DISPLAY: ':0', CI: 'true' } }],
	['over SSH', { platform: 'darwin', env: { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' } }],
	['when its output goes to a file', { isInteractive: false }],
	['on a system it does not know', { platform: 'freebsd' }],
])('opens no browser %s', (_name, given) => {
	expect(opener({ ...desktop, ...given })).toBeNull();
});
