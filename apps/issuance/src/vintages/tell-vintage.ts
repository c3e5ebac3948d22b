// Tells identity, which alone has addresses, that parties are to be told. It sends each notice of a vintage to a person once,
// so that an order of several batches may tell several times.
import { VintageNoticeDueV1 } from '#libs/contracts';
import { idOf, type BatchId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { NOTICE_PARTIES_MAX } from '../limits.js';
import { concernedBy, programmeNameOf } from './vintage.store.js';
import { partiesOf, type Notice } from './vintage-notices.decision.js';

export type Vintage = Readonly<{ programmeId: string; usableUntil: string; claimableUntil: string }>;

export async function tellVintage(tx: Tx, notice: Notice, vintage: Vintage, batchIds: readonly BatchId[]): Promise<void> {
  const { programmeId, usableUntil, claimableUntil } = vintage;
  const parties = partiesOf(notice, await concernedBy(tx.sql, batchIds));
  if (parties.length === 0) return;
  const programmeName = await programmeNameOf(tx.sql, idOf('programme', programmeId));
  const cuts = Array.from({ length: Math.ceil(parties.length / NOTICE_PARTIES_MAX) }, (_, at) =>
    parties.slice(at * NOTICE_PARTIES_MAX, (at + 1) * NOTICE_PARTIES_MAX));
  await tx.emitAll(VintageNoticeDueV1, cuts.map((cut) => ({
    subject: `programme:${programmeId}`, body: { notice: notice.name, programmeId, programmeName, usableUntil, claimableUntil, parties: cut },
  })));
}
