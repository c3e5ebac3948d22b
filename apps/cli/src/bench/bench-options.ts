// What a bench can be asked for: `--vouchers 300000` or `--vouchers=300000`, and so on.
import { parseArgs } from 'node:util';
import { StartupFault } from '#libs/persistence';
import { QUEUES, type QueueKind } from '../demo/stage.js';

export type BenchOptions = Readonly<{
  rounds: number; seconds: number; vouchers: number; pages: number; events: number; relay: boolean; queue: QueueKind;
  /** One object and nothing else, for machines. */
  json: boolean;
}>;

const number = (name: string, given: string | undefined, usual: number): number => {
  const value = given === undefined ? usual : Number(given);
  if (!Number.isInteger(value) || value < 1) throw new StartupFault(`--${name} is a whole number above 0`);
  return value;
};

/** Throws StartupFault, in one line, on what it does not understand. `vouchersUsual` differs from bench to bench. */
export function benchOptions(flags: readonly string[], vouchersUsual: number, secondsUsual = 5): BenchOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const values = given(() => parseArgs({
    args: [...flags],
    options: { rounds: text, seconds: text, vouchers: text, pages: text, events: text, queue: text, relay: flag, json: flag },
  }).values);
  const queue = QUEUES.find((kind) => kind === (values.queue ?? 'postgres'));
  if (!queue) throw new StartupFault(`there is no queue ${values.queue}`);
  return {
    rounds: number('rounds', values.rounds, 3), seconds: number('seconds', values.seconds, secondsUsual),
    vouchers: number('vouchers', values.vouchers, vouchersUsual), pages: number('pages', values.pages, 10_000), events: number('events', values.events, 200_000),
    relay: values.relay, json: values.json, queue,
  };
}

function given<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new StartupFault((error as Error).message);
  }
}
