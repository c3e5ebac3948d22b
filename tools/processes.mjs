// What can be known about another process: is it alive, is it still the one that we wrote down (a pid is reused after
// a reboot or in a container), and is it a PostgreSQL server.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to someone else.
    return error.code === 'EPERM';
  }
}

const ps = (pid, column) => spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();

/** When the process began, as a text that another process with the same pid does not have; undefined when it is gone. */
export function birthOf(pid) {
  if (!isAlive(pid)) return undefined;
  if (process.platform !== 'linux') return ps(pid, 'lstart') || undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold anything; the start time is the 20th after it.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : rest[18];
  } catch {
    return undefined;
  }
}

/** Is `pid` a live PostgreSQL server of this data directory? */
export function isPostmasterOf(pid, directory) {
  if (birthOf(pid) === undefined) return false;
  const command = process.platform === 'linux' ? commandLine(pid) : (ps(pid, 'command') ?? '').split(' ');
  return command.some((word) => word.endsWith('postgres')) && command.includes(directory);
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Ends a process and waits until it is gone; false when it is still there after `timeoutMs`. */
export async function endProcess(pid, signal, timeoutMs) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    return error.code === 'ESRCH';
  }
  const until = Date.now() + timeoutMs;
  while (birthOf(pid) !== undefined) {
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
