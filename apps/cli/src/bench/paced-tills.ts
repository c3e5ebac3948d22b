// Tills at a steady pace, whatever else the machine does: each request has its moment, and waiting for an answer that
// comes late does not make the next one later. Latency counts from that moment.
import { uuidv7 } from 'uuidv7';
import type { Person } from '../world/api.js';
import type { Latencies } from './drive.js';
import { latenciesOf } from './drive.js';

const PER_SECOND = 25;
const AMOUNT_CENTS = 1;

export type PacedTills = Readonly<{ till: Person; codes: readonly string[]; serviceDate: string }>;

/** Until `ended` resolves. Throws when a redemption was refused. */
export async function paceTills({ till, codes, serviceDate }: PacedTills, ended: Promise<unknown>): Promise<Latencies> {
  let running = true;
  void ended.finally(() => { running = false; }).catch(() => undefined);
  const began = performance.now();
  const latencies: number[] = [];
  const underway: Promise<void>[] = [];
  for (let number = 0; running; number += 1) {
    const due = began + (number * 1_000) / PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await new Promise((resume) => { setTimeout(resume, early); });
    const body = { code: codes[number % codes.length]!, serviceDate, amountCents: AMOUNT_CENTS };
    underway.push(till.post('/redemption/redemptions', body, uuidv7()).then(() => { latencies.push(performance.now() - due); }));
  }
  await Promise.all(underway);
  await ended;
  return latenciesOf(latencies);
}

export const after = (seconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, seconds * 1_000); });
