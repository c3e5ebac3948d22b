// Runs programs for the tools: output shown or kept, seconds counted, and nothing left running when the tool is stopped.
import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

const running = new Set();

export const seconds = (began) => `${((performance.now() - began) / 1000).toFixed(1)} s`;

/** @returns {Promise<{ code: number, output: string }>} `output` is empty when it was shown (`show: true`). */
export function run(command, args, { env = {}, show = false, timeoutMs, cwd = ROOT } = {}) {
  return new Promise((resolve) => {
    const shown = show ? 'inherit' : 'pipe';
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', shown, shown] });
    running.add(child);
    let output = '';
    child.stdout?.on('data', (chunk) => { output += chunk; });
    child.stderr?.on('data', (chunk) => { output += chunk; });
    const timer = timeoutMs && setTimeout(() => {
      output += `\n${command} ${args[0] ?? ''} was ended after ${timeoutMs / 1000} s\n`;
      child.kill('SIGKILL');
    }, timeoutMs);
    const end = (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, output });
    };
    child.once('error', (error) => { output += error.message; end(127); });
    child.once('close', (code) => end(code ?? 1));
  });
}

/** A program of a package, run by this same Node. */
export const runNode = (script, args, options) => run(process.execPath, [...(options?.flags ?? []), script, ...args], options);

export function endAll(signal = 'SIGTERM') {
  for (const child of running) child.kill(signal);
}
