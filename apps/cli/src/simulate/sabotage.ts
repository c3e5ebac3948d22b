// What a simulation has to find: each breaks one thing that the platform promises, once, behind its back.
import type { Batch } from './transport.js';
import type { SimulatedPlatform } from './simulated-platform.js';

export const SABOTAGES = ['apply-twice', 'lose-message', 'refuse-wrongly'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

/** Between two steps; of a batch that is to arrive, whether it is taken away; of one that arrived, whether it does again. */
export type Crime = Readonly<{
  before?: (step: number) => Promise<void>;
  steals?: (batch: Batch) => Promise<boolean>;
  repeats?: (batch: Batch) => Promise<boolean>;
}>;

export function crimeOf(sabotage: Sabotage | undefined, platform: SimulatedPlatform, fromStep: number): Crime {
  let step = 0;
  let isDone = false;
  const before = async (next: number) => { step = next; };
  /** The first redemption of which settlement is told from that step on. */
  const isVictim = ({ sender, receiver, messages }: Batch): boolean => {
    const hit = !isDone && step >= fromStep && sender === 'redemption' && receiver === 'settlement' && messages.some(({ type }) => type === 'voucher.redeemed.v1');
    isDone ||= hit;
    return hit;
  };
  switch (sabotage) {
    case 'lose-message': return { before, steals: async (batch) => isVictim(batch) && (await pretendTaken(platform, batch), true) };
    case 'apply-twice': return { before, repeats: async (batch) => isVictim(batch) && (await forgetTaken(platform, batch), true) };
    case 'refuse-wrongly': return { before: async (next) => { if (next === fromStep) await endAccreditations(platform); } };
    case undefined: return {};
  }
}

/** The sender believes that it was taken. */
async function pretendTaken(platform: SimulatedPlatform, { sender, receiver, batchNo }: Batch): Promise<void> {
  await platform.rows(`update ${sender}.sent_batch set acknowledged_at = now() where receiver = $1 and batch_no = $2`, [receiver, batchNo]);
}

/** The receiver has forgotten that it took it. */
async function forgetTaken(platform: SimulatedPlatform, { sender, receiver, batchNo }: Batch): Promise<void> {
  await platform.rows(`set session_replication_role = replica;
    delete from ${receiver}.inbox_batch where sender = '${sender}' and batch_no = ${batchNo};
    delete from ${receiver}.inbox where sender = '${sender}' and batch_no = ${batchNo};
    set session_replication_role = default`);
}

/** No place is accredited on any day: a till hears no where it should hear yes, and every sum is still right. */
async function endAccreditations(platform: SimulatedPlatform): Promise<void> {
  await platform.rows(`set session_replication_role = replica;
    update redemption.accreditation set from_day = '2020-01-01', to_day = '2020-01-01';
    set session_replication_role = default`);
}
