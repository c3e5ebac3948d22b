import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { StartupFault } from '#libs/persistence';

/** A program of this folder in a process of its own, with the flags of this one; it ends with it. */
export const child = (file: string, execArgv: readonly string[] = []): ChildProcess =>
  fork(new URL(file, import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [...process.execArgv, ...execArgv] });

/** One order and its answer. Rejects when the process ends instead. */
export function ask<Answer>(process: ChildProcess, order: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`a process of the bench ended with ${code}`));
    process.once('exit', gone).once('message', (answer) => {
      process.off('exit', gone);
      resolve(answer as Answer);
    });
    process.send(order);
  });
}

/** Resolves when it is gone. */
export async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const gone = new Promise((resolve) => { process.once('exit', resolve); });
  process.disconnect();
  await gone;
}

/** What a command printed. Rejects with it when the command failed, and with what is missing when it is not installed. */
export function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const started = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    started.once('error', reject).once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(output))));
  });
}

/** Throws StartupFault that names those which are not installed, by the Debian package that has them. */
export function needCommands(packages: Readonly<Record<string, string>>): void {
  const missing = Object.entries(packages).filter(([command]) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error);
  if (missing.length === 0) return;
  throw new StartupFault(`this bench needs ${missing.map(([command, name]) => `${command} (Debian package ${name})`).join(' and ')}`);
}
