const { spawn } = require('node:child_process');

const isWindows = process.platform === 'win32';
const TAIL_LINES = 40;
const PROGRESS_INTERVAL_MS = 10_000;

/** NODE_ENV is left out: `production` makes npm skip devDependencies, and jest sets `test`. */
function npmEnvironment(extra) {
	const { NODE_ENV: _, ...inherited } = process.env;
	return { ...inherited, ...extra };
}

/**
 * Has npm end with this process, and all that npm has started: a signal to npm ends its shell, behind
 * which a compiler or an installation would go on.
 */
function tie(npm) {
	const end = () => {
		try {
			if (isWindows) npm.kill();
			else if (npm.pid !== undefined) process.kill(-npm.pid);
		} catch {
			// No process of the group is left.
		}
	};
	const events = ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit'];
	for (const event of events) process.on(event, end);
	return () => {
		for (const event of events) process.off(event, end);
	};
}

function elapsed(since) {
	const seconds = Math.round((Date.now() - since) / 1000);
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

exports.runNpm = (args, { cwd, label, env = {}, showOutput = false }) =>
	new Promise((resolve, reject) => {
		const started = Date.now();
		const npm = spawn('npm', isWindows ? args.map((arg) => `"${arg}"`) : args, {
			cwd,
			env: npmEnvironment(env),
			shell: isWindows,
			// In a process group of its own, so that all of it can be ended.
			detached: !isWindows,
			stdio: showOutput ? 'inherit' : ['ignore', 'pipe', 'pipe'],
		});
		const untie = tie(npm);
		let stdout = '';
		let everything = '';
		npm.stdout?.setEncoding('utf8').on('data', (text) => {
			stdout += text;
			everything += text;
		});
		npm.stderr?.setEncoding('utf8').on('data', (text) => {
			everything += text;
		});
		const progress = setInterval(() => {
			if (!showOutput) process.stderr.write(`  … ${label} (${elapsed(started)})\n`);
		}, PROGRESS_INTERVAL_MS);
		npm.on('error', (error) => {
			clearInterval(progress);
			untie();
			reject(error);
		});
		npm.on('close', (code) => {
			clearInterval(progress);
			untie();
			const tail = everything.trim().split('\n').slice(-TAIL_LINES).join('\n');
			resolve({ code: code ?? 1, stdout, tail });
		});
	});

exports.npmOrThrow = async (args, options) => {
	const { code, tail } = await exports.runNpm(args, options);
	if (code !== 0) {
		throw new Error(`npm failed while ${options.label} (exit code ${code}):\n${tail}`);
	}
};
