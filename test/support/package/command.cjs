const { execFile } = require('node:child_process');

exports.runCommand = (command, args, cwd) =>
	new Promise((resolve, reject) => {
		const env = { ...process.env };
		delete env.NODE_ENV;
		const child = execFile(
			command,
			args,
			{ cwd, env, maxBuffer: 64 * 1024 * 1024 },
			(error, stdout, stderr) => {
				if (typeof error?.code === 'string') reject(error);
				else resolve({ code: child.exitCode ?? 1, stdout, output: `${stdout}\n${stderr}` });
			},
		);
	});

exports.runScript = (script, args, cwd) =>
	exports.runCommand(process.execPath, [script, ...args], cwd);
