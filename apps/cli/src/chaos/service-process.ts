// One service as a process that can be killed, frozen and started again at the same address. What it writes to its log is
// kept, the last of it: after a play that did not hold it is the first thing to read.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const LOG_CHARACTERS_KEPT = 20_000;
/** A machine that does much else besides takes its time to start five of them. */
const READY_MS = 180_000;
const STOP_MS = 15_000;

export class ServiceProcess {
  log = '';
  private child: ChildProcess | undefined;

  constructor(private readonly root: string, readonly name: string, private readonly env: Readonly<Record<string, string>>) {}

  /** A program to its end. Throws when it fails. */
  static async run(root: string, app: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
    const child = spawn(process.execPath, [mainOf(root, app), ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const code = await new Promise<number | null>((ended) => { child.once('exit', ended); });
    if (code !== 0) throw new Error(`${app} ${args.join(' ')} ended with ${code}`);
  }

  start(): void {
    const child = spawn(process.execPath, [mainOf(this.root, this.name)], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer) => { this.log = (this.log + chunk.toString()).slice(-LOG_CHARACTERS_KEPT); };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.child = child;
  }

  isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** No warning, no goodbye. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** A process that the scheduler forgot: its connections stay open and nothing answers. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.thaw();
    const late = setTimeout(() => this.child?.kill('SIGKILL'), STOP_MS);
    await this.end('SIGTERM');
    clearTimeout(late);
  }

  async ready(): Promise<void> {
    const deadline = performance.now() + READY_MS;
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${this.env['PORT']}/health/ready`).catch(() => undefined);
      if (answer?.status === 200) return;
      if (performance.now() > deadline || !this.isRunning()) throw new Error(`${this.name} is not ready (${this.isRunning() ? `after ${READY_MS / 1_000} s` : 'it ended'}):\n${this.log}`);
      await new Promise((resume) => { setTimeout(resume, 100); });
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || !this.isRunning()) return;
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    child.kill(signal);
    await gone;
  }
}

const mainOf = (root: string, app: string): string => join(root, 'dist', 'apps', app, 'src', 'main.js');
