import { fork, type ChildProcess } from 'node:child_process';

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
