export interface NpmOptions {
	cwd: string;
	/** What npm is doing ("installing n8n"), for the line printed every 10 seconds and for errors. */
	label: string;
	/** Added to this process's own environment (NODE_ENV is never passed on). */
	env?: Record<string, string>;
	/** Let npm write to the terminal itself; `stdout` and `tail` are then empty. */
	showOutput?: boolean;
}

export interface NpmResult {
	code: number;
	stdout: string;
	/** The last lines of what npm said, on both streams. */
	tail: string;
}

/** Runs npm to its end, whatever its exit code. Rejects only if npm cannot be started. */
export function runNpm(args: string[], options: NpmOptions): Promise<NpmResult>;

/** The same, but throws with the last lines of what npm said if its exit code is not 0. */
export function npmOrThrow(args: string[], options: NpmOptions): Promise<void>;
