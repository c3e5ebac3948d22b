// Tells audit each minute what the ledger comes to, and each hour (and whenever totals are told) counts it anew from every transfer.
import { LedgerTallyAnnouncedV1 } from '#libs/contracts';
import type { Meta, Tx, UnitOfWork } from '#libs/persistence';
import { lockTotals } from './control-total.store.js';
import {
  addToTally, allLines, countableUpTo, countAll, countSpan, LEDGERS, replaceTally, saveState, saveUpTo, talliedUpTo, tallyState,
  type TallyLine, type TallyState, type UpTo,
} from './ledger-tally.store.js';

export type TallySource = Readonly<{
  /** SQL over `account`: the programme that an account belongs to, as uuid, or null. */
  programmeOf: string;
  /** SQL for the ids of messages that were taken and wait for what they speak of: nothing is posted for them yet. */
  waiting?: string;
}>;

/** What was posted late, or by hand, is found this much later at most. */
const RECOUNT_EVERY_MS = 3_600_000;
const NOTHING_WAITS = 'select null::uuid where false';

export class TallyPublisher {
  constructor(private readonly work: UnitOfWork, private readonly source: TallySource) {}

  /** `recount`: count every transfer, and tell it though nothing had changed. Answers the number told, if any. */
  announce(meta: Meta, how: 'due' | 'recount'): Promise<number | null> {
    return this.work.once<number | null>(meta, async (tx) => {
      await lockTotals(tx);
      const state = await tallyState(tx.sql, tx.schema);
      const from = await talliedUpTo(tx.sql, tx.schema);
      const to = await countableUpTo(tx.sql, tx.schema, this.source.waiting ?? NOTHING_WAITS);
      const isOver = !state || tx.now.getTime() - state.recountedAt.getTime() >= RECOUNT_EVERY_MS;
      const span = how === 'recount' || isOver ? undefined : await countSpan(tx.sql, tx.schema, this.source.programmeOf, { from, to });
      return span ? this.add(tx, state!, to, span) : this.recount(tx, state, to, how === 'recount');
    }) as Promise<number | null>;
  }

  private async add(tx: Tx, state: TallyState, upTo: UpTo, span: readonly TallyLine[]): Promise<number | null> {
    await saveUpTo(tx, upTo);
    if (span.length === 0) return null;
    return tell(tx, state, upTo, { complete: false, lines: await addToTally(tx, span) });
  }

  private async recount(tx: Tx, state: TallyState | undefined, upTo: UpTo, isAsked: boolean): Promise<number | null> {
    const lines = await countAll(tx.sql, tx.schema, this.source.programmeOf, upTo);
    const isNew = !isSame(lines, await allLines(tx.sql, tx.schema));
    await saveUpTo(tx, upTo);
    const counted = { number: state?.number ?? 0, recountedAt: tx.now };
    if (!isNew && !isAsked) {
      await saveState(tx, counted);
      return null;
    }
    await replaceTally(tx, lines);
    return tell(tx, counted, upTo, { complete: true, lines });
  }
}

const isSame = (some: readonly TallyLine[], others: readonly TallyLine[]): boolean => {
  const textOf = (lines: readonly TallyLine[]) => lines.map((line) => Object.values(line).join(' ')).join('\n');
  return textOf(some) === textOf(others);
};

type Told = Readonly<{ complete: boolean; lines: readonly TallyLine[] }>;

async function tell(tx: Tx, state: TallyState, upTo: UpTo, { complete, lines }: Told): Promise<number> {
  const number = state.number + 1;
  await tx.emit(LedgerTallyAnnouncedV1, {
    subject: `ledgerTally:${tx.schema}:${number}`,
    body: {
      number, countedAt: tx.now.toISOString(), complete, currency: 'EUR',
      upTo: LEDGERS.map((sender) => ({ sender, seq: upTo[sender] })),
      lines: lines.map(({ programme, amount, ...line }) =>
        ({ ...line, programmeId: programme === '' ? null : programme, amountCents: Number(amount) })),
    },
  });
  await saveState(tx, { number, recountedAt: state.recountedAt });
  return number;
}
