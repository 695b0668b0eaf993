export interface CommandResult {
	code: number;
	stdout: string;
	/** What it said on both streams. */
	output: string;
}

/**
 * Runs a command to its end, as a person would: without jest's NODE_ENV, which changes n8n's
 * linter. Rejects only if it cannot be started.
 */
export function runCommand(command: string, args: string[], cwd?: string): Promise<CommandResult>;

/** Runs a script with this Node. */
export function runScript(script: string, args: string[], cwd?: string): Promise<CommandResult>;
