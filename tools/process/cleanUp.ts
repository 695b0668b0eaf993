import { asError } from './errors';

/** What to undo in the end, or when starting fails half way. */
export class CleanUp {
	private readonly steps: Array<() => Promise<unknown>> = [];

	/** Steps run in reverse: what was added last is undone first. */
	add(step: () => Promise<unknown>): void {
		this.steps.push(step);
	}

	/** Undoes everything once. If a step fails, the others still run, and the error is thrown at the end. */
	async run(): Promise<void> {
		const failures: Error[] = [];
		for (let step = this.steps.pop(); step; step = this.steps.pop()) {
			await step().catch((error: unknown) => failures.push(asError(error)));
		}
		const [failure] = failures;
		if (failure) throw failure;
	}

	/** Undoes everything if `start` fails, and throws why it failed. */
	async runOnFailure<T>(start: () => Promise<T>): Promise<T> {
		try {
			return await start();
		} catch (error) {
			// Why it could not start matters more than what could not be undone.
			await this.run().catch(() => {});
			throw asError(error);
		}
	}
}
