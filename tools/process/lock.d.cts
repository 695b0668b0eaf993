/**
 * Runs `work` while no other process on this machine holds `lockFile`; waits for its turn without
 * an end. A lock left behind by a process that died is taken over. Not re-entrant.
 */
export function withLock<T>(lockFile: string, work: () => Promise<T>): Promise<T>;
