// Real processes, because a signal is theirs. They run what `npm test` has built.
import { describe, expect, it } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';

const SIGNALS = resolve('dist/libs/service/src/signals.js');

type Work = (child: ChildProcess, said: string[]) => Promise<void>;

/** Runs until it is told to stop; `stop` is the text of the function that is called then. */
async function withProgram(stop: string, samePressMs: number, work: Work): Promise<number | null> {
  const folder = mkdtempSync(join(os.tmpdir(), 'mereau-signals-'));
  const file = join(folder, 'program.mjs');
  writeFileSync(file, `
    import { stopOnSignals } from ${JSON.stringify(SIGNALS)};
    setInterval(() => {}, 1000);
    stopOnSignals({ stop: ${stop}, say: (line) => console.log(line), samePressMs: ${samePressMs} });
    console.log('ready');`);
  const child = fork(file, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const said: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(...chunk.toString().trim().split('\n')));
  const ended = new Promise<number | null>((resolveEnd) => { child.once('exit', resolveEnd); });
  try {
    await heard(said, 'ready');
    await work(child, said);
    return await ended;
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function heard(said: readonly string[], text: string): Promise<void> {
  while (!said.some((line) => line.includes(text))) await new Promise((go) => { setTimeout(go, 5); });
}

describe('a program that is told to stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('stops in order at %s', async (signal) => {
    const code = await withProgram('async () => process.exit(0)', 800, async (child, said) => {
      child.kill(signal);
      await heard(said, `${signal}: stopping`);
    });
    expect(code).toBe(0);
  });

  it('takes the echoes of one Ctrl-C for one', async () => {
    const code = await withProgram('async () => setTimeout(() => process.exit(0), 100)', 60_000, async (child, said) => {
      child.kill('SIGINT');
      await heard(said, 'stopping');
      child.kill('SIGINT');
    });
    expect(code).toBe(0);
  });

  it('stops at once at a second one, when the first hangs', async () => {
    const code = await withProgram('() => new Promise(() => {})', 0, async (child, said) => {
      child.kill('SIGINT');
      await heard(said, 'stopping');
      child.kill('SIGINT');
      await heard(said, 'stopped at once');
    });
    expect(code).toBe(130);
  });

  it('stops when the process that started it is gone', async () => {
    const code = await withProgram('async () => process.exit(0)', 800, async (child, said) => {
      child.disconnect();
      await heard(said, 'the starting process is gone');
    });
    expect(code).toBe(0);
  });
});
