// What a simulation has to find: each breaks one thing that the platform promises, once, behind its back.
import { uuidv7 } from 'uuidv7';
import type { Batch } from './transport.js';
import type { SimulatedPlatform } from './simulated-platform.js';

export const SABOTAGES = ['apply-twice', 'lose-message', 'refuse-wrongly'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

/** Between two steps; of a batch that is to arrive, whether it is taken away; after one was taken. */
export type Crime = Readonly<{
  before?: (step: number) => Promise<void>;
  steals?: (batch: Batch) => Promise<boolean>;
  taken?: (batch: Batch) => Promise<void>;
}>;

export function crimeOf(sabotage: Sabotage | undefined, platform: SimulatedPlatform, fromStep: number): Crime {
  let step = 0;
  let isDone = false;
  const before = async (next: number) => { step = next; };
  /** The first one of that type from that step on. */
  const isVictim = ({ messages }: Batch, wanted: string): boolean => {
    const hit = !isDone && step >= fromStep && messages.some(({ type }) => type === wanted);
    isDone ||= hit;
    return hit;
  };
  switch (sabotage) {
    case 'lose-message':
      return { before, steals: async (batch) => batch.receiver === 'settlement' && isVictim(batch, 'voucher.redeemed.v1') && (await pretendTaken(platform, batch), true) };
    case 'apply-twice':
      return { before, taken: async (batch) => { if (batch.receiver === 'issuance' && isVictim(batch, 'bank_credit.booked.v1')) await postTwice(platform, batch); } };
    case 'refuse-wrongly': return { before: async (next) => { if (next === fromStep) await endAccreditations(platform); } };
    case undefined: return {};
  }
}

/** The sender believes that it was taken. */
async function pretendTaken(platform: SimulatedPlatform, { sender, receiver, batchNo }: Batch): Promise<void> {
  await platform.rows(`update ${sender}.sent_batch set acknowledged_at = now() where receiver = $1 and batch_no = $2`, [receiver, batchNo]);
}

/**
 * What a handler posted for one of its messages stands there twice. Asking the handler again would not do: beside the inbox it knows what
 * it has done.
 */
async function postTwice(platform: SimulatedPlatform, { receiver, messages }: Batch): Promise<void> {
  await platform.rows(`insert into ${receiver}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
    select $2, line, rule, debit, credit, amount, currency, custody_account_id from ${receiver}.transfer
    where event_id = (select event_id from ${receiver}.transfer where event_id = any($1::uuid[]) order by event_id limit 1)`,
  [messages.map(({ id }) => id), uuidv7()]);
}

/** No place is accredited on any day: a till hears no where it should hear yes, and every sum is still right. */
async function endAccreditations(platform: SimulatedPlatform): Promise<void> {
  await platform.rows(`set session_replication_role = replica;
    update redemption.accreditation set from_day = '2020-01-01', to_day = '2020-01-01';
    set session_replication_role = default`);
}
