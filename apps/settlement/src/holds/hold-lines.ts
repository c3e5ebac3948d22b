// What a closing holds back: one hold per payee, its lines posted and told one by one, all in the closing's transaction.
import { ClaimLineHeldV1 } from '#libs/contracts';
import { idOf, sum, toWire } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { holdPosting, type HoldReason } from './hold.decision.js';
import { insertHolds, readDueLines, type DueLine, type NewHold, type OpenAccount } from './hold.store.js';

type Holding = Readonly<{ upToSeq: number; reason: HoldReason; payees: readonly OpenAccount[] }>;

export async function holdLines(tx: Tx, { upToSeq, reason, payees }: Holding): Promise<void> {
  if (payees.length === 0) return;
  const holds = holdsOf(tx, await readDueLines(tx, upToSeq, payees));
  const lines = holds.flatMap((hold) => hold.lines.map((line) => ({ hold, line })));
  const eventIds = await tx.emitAll(ClaimLineHeldV1, lines.map(({ hold, line }) => ({
    subject: `claimLine:${line.claimLineId}`, posting: holdPosting(hold, line.gross),
    body: {
      claimLineId: line.claimLineId, holdId: hold.holdId, redemptionId: line.redemptionId, batchId: line.batchId,
      amountCents: toWire(line.gross), currency: 'EUR', reason,
    },
  })));
  const held = lines.map(({ hold, line }, at) => ({ holdId: hold.holdId, claimLineId: line.claimLineId, eventId: eventIds[at]! }));
  await insertHolds(tx, { upToSeq, reason, holds, held });
}

function holdsOf(tx: Tx, lines: readonly DueLine[]): NewHold[] {
  const byAccount = new Map<string, DueLine[]>();
  for (const line of lines) {
    const key = `${line.payeeId} ${line.custodyAccountId}`;
    const own = byAccount.get(key);
    if (own) own.push(line);
    else byAccount.set(key, [line]);
  }
  return [...byAccount.values()].map((own) => ({
    holdId: idOf('hold', tx.newId()), payeeId: own[0]!.payeeId, custodyAccountId: own[0]!.custodyAccountId,
    gross: sum(own.map(({ gross }) => gross)), lines: own,
  }));
}
