// Ctrl-C and SIGTERM: the first one stops in order, a second one at once.
import type { Logs } from './logs.js';

/** One Ctrl-C arrives up to three times: from the terminal, from npm and from the program that started this one. */
const SAME_PRESS_MS = 800;
const FORCED_EXIT = 130;

export type StopRequest = Readonly<{
  stop: (signal: string) => Promise<unknown>;
  say: (line: string) => void;
  /** A second signal within this is the first one, heard again; tests shorten it. */
  samePressMs?: number;
}>;

export function stopOnSignals({ stop, say, samePressMs = SAME_PRESS_MS }: StopRequest): void {
  let firstAt: number | undefined;
  const onSignal = (signal: string): void => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      say(`${signal}: stopping (once more to stop at once)`);
      void stop(signal);
    } else if (performance.now() - firstAt > samePressMs) {
      say(`${signal} again: stopped at once`);
      process.exit(FORCED_EXIT);
    }
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  // Whoever started us with a channel and is gone (kill -9) cannot send a signal any more.
  if (process.channel) {
    process.on('disconnect', () => onSignal('the starting process is gone'));
    process.channel.unref();
  }
}

/** A fault that nobody caught ends the program, after one scrubbed line: Node's own would print it as it is. */
export function endOnUncaught(logs: Logs): void {
  process.on('uncaughtException', (error) => {
    logs.fatal({ err: error }, 'uncaught: the program ends');
    process.exit(1);
  });
}
