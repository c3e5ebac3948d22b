// Messages of a batch that follow each other and have one consumer. Where that consumer can, it takes them in a few
// statements together: a till tells of thousands of redemptions a second, and a statement for each would fall behind.
import type { Service } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { Logger } from 'pino';
import type { Prepared } from './prepare-message.js';
import { handle, withDeadline } from './take-message.js';

export function runsOf(prepared: readonly Prepared[]): Prepared[][] {
  const runs: Prepared[][] = [];
  for (const one of prepared) {
    const run = runs.at(-1);
    if (run && consumerOf(run[0]!) && consumerOf(run[0]!) === consumerOf(one)) run.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** Without savepoints: throws when one of them fails or refuses. */
export async function handleRun(tx: Tx, sender: Service, run: readonly Prepared[], log: Logger): Promise<void> {
  const left = run.length > 1 ? await leftBy(tx, sender, run) : run;
  for (const one of left) await handle(tx, sender, one, 'whole', log);
}

async function leftBy(tx: Tx, sender: Service, run: readonly Prepared[]): Promise<readonly Prepared[]> {
  const takeAll = consumerOf(run[0]!)?.takeAll;
  if (!takeAll) return run;
  const messages = run.flatMap((one) => ('problem' in one ? [] : [one.message]));
  const left = new Set((await withDeadline(takeAll(messages, tx, sender))).map(({ seq }) => seq));
  return run.filter(({ seq }) => left.has(seq));
}

const consumerOf = (one: Prepared) => ('problem' in one ? undefined : one.consumer);
