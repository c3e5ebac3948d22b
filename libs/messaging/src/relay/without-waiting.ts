/**
 * Begins a statement that is its own transaction and joins `quick`: its commit does not wait for the disk. For what the relay notes
 * about its sending alone. A server that falls may forget the last half second of it, and the relay then sends again.
 */
export const WITHOUT_WAITING = `with quick as materialized (select set_config('synchronous_commit', 'off', true) as mode)`;
