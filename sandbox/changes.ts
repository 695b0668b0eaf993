/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { EventEmitter } from 'node:events';

/** Notifies its watchers of every change, without saying what changed. */
export class Changes {
	private readonly emitter = new EventEmitter<{ change: [] }>().setMaxListeners(0);

	readonly tell = () => void this.emitter.emit('change');

	/** @returns the function that ends the watch */
	watch(onChange: () => void): () => void {
		this.emitter.on('change', onChange);
		return () => void this.emitter.off('change', onChange);
	}
}
