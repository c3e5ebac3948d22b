// What a closing holds back: its lines posted and told one by one, all in the closing's transaction. Of a payee that nobody
// has looked at yet that is everything; of a place that was suspended or withdrawn, the lines of that place.
import { ClaimLineHeldV1 } from '#libs/contracts';
import { dayIn, idOf, sum, toWire } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import { holdPosting, reasonOf } from './hold.decision.js';
import { insertHolds, readDueLines, readMeasuredLines, type DueLine, type NewHold, type OpenAccount, type PayeeAccount } from './hold.store.js';

/** Lines that are held together, and why. */
type Group = Pick<NewHold, 'reason' | 'measureId'>;
type Grouped = DueLine & Group;

export async function holdFirstRemittances(tx: Tx, upToSeq: number, payees: readonly OpenAccount[]): Promise<void> {
  if (payees.length === 0) return;
  const why: Group = { reason: 'first_remittance', measureId: null };
  await holdLines(tx, upToSeq, (await readDueLines(tx, upToSeq, payees)).map((line) => ({ ...line, ...why })));
}

export async function holdMeasured(tx: Tx, upToSeq: number, payees: readonly PayeeAccount[]): Promise<void> {
  const lines = await readMeasuredLines(tx, { upToSeq, payees, today: dayIn(BANK_TIME_ZONE, tx.now) });
  await holdLines(tx, upToSeq, lines.map(({ measureKind, ...line }) => ({ ...line, reason: reasonOf(measureKind) })));
}

async function holdLines(tx: Tx, upToSeq: number, due: readonly Grouped[]): Promise<void> {
  if (due.length === 0) return;
  const holds = holdsOf(tx, due);
  const lines = holds.flatMap((hold) => hold.lines.map((line) => ({ hold, line })));
  const eventIds = await tx.emitAll(ClaimLineHeldV1, lines.map(({ hold, line }) => ({
    subject: `claimLine:${line.claimLineId}`, posting: holdPosting(hold, line.gross),
    body: {
      claimLineId: line.claimLineId, holdId: hold.holdId, redemptionId: line.redemptionId, batchId: line.batchId,
      amountCents: toWire(line.gross), currency: 'EUR', custodyAccountId: hold.custodyAccountId, reason: hold.reason,
    },
  })));
  const held = lines.map(({ hold, line }, at) => ({ holdId: hold.holdId, claimLineId: line.claimLineId, eventId: eventIds[at]! }));
  await insertHolds(tx, { upToSeq, holds, held });
}

function holdsOf(tx: Tx, lines: readonly Grouped[]): NewHold[] {
  const groups = new Map<string, Grouped[]>();
  for (const line of lines) {
    const key = `${line.payeeId} ${line.custodyAccountId} ${line.measureId}`;
    const own = groups.get(key);
    if (own) own.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()].map((own) => {
    const { payeeId, custodyAccountId, reason, measureId } = own[0]!;
    return { holdId: idOf('hold', tx.newId()), payeeId, custodyAccountId, reason, measureId, gross: sum(own.map(({ gross }) => gross)), lines: own };
  });
}
