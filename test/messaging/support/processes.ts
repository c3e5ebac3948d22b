// Processes of our own, ended one by one at the end of a test.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { HostOrder } from './host-process.js';

export type HostProcess = Readonly<{
  child: ChildProcess;
  /** Resolves when the process has said `word`, now or before. */
  said(word: string): Promise<void>;
  /** Resolves with the signal or code that ended it. */
  ended: Promise<string>;
  end(): Promise<void>;
}>;

const SUPPORT = join(process.cwd(), 'test/messaging/support');

export function startHost(order: HostOrder): HostProcess {
  const child = fork(join(SUPPORT, 'host-process.ts'), [], {
    execArgv: ['-C', 'source', '--no-warnings', '--import', join(SUPPORT, 'typescript.mjs')],
    env: { ...process.env, HOST_ORDER: JSON.stringify(order), NODE_OPTIONS: '' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const words = new Set<string>();
  const waiting: { word: string; resolve(): void }[] = [];
  child.on('message', (word: string) => {
    words.add(word);
    for (const one of waiting) if (one.word === word) one.resolve();
  });
  const ended = new Promise<string>((resolve) => { child.once('exit', (code, signal) => resolve(signal ?? String(code))); });
  const said = (word: string) => words.has(word)
    ? Promise.resolve()
    : Promise.race([
      new Promise<void>((resolve) => { waiting.push({ word, resolve }); }),
      ended.then((how) => { throw new Error(`the process ended (${how}) before it said "${word}"`); }),
    ]);
  const end = async () => {
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await ended;
  };
  return { child, said, ended, end };
}
