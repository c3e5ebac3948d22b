// Closes in steps: the cut-off is verified and written first, then statements and holds in transactions of a bounded
// size. A process that is killed between them leaves an open closing, which the next call finishes; nothing is closed twice.
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlaceFeeBilledV1, StatementClosedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, toWire, type Rejected } from '#libs/kernel';
import { takenUpTo } from '#libs/messaging';
import type { Fact, Meta, Tx } from '#libs/persistence';
import { lockByName, shareByName } from '../database.store.js';
import { holdFirstRemittances, holdMeasured } from '../holds/hold-lines.js';
import { decideHold, HOLD_RULES, type HoldRules } from '../holds/hold.decision.js';
import { BANK_TIME_ZONE, CLOSING_LANES, COMMONS_POOL, LINES_PER_TRANSACTION, NAMED_PLACES_MAX, STATEMENTS_PER_TRANSACTION } from '../limits.js';
import { nettingOn, type Netting } from '../netting/netting.store.js';
import { PlaceInvoiceIssuer } from '../place-invoices/place-invoice-issuer.js';
import { originOf, SettlementWork } from '../settlement.work.js';
import { CloseStatements, type ClosedStatements } from './close-statements.command.js';
import { decideClosing } from './close-statements.decision.js';
import { decidePeriod, type Month } from './closing-period.decision.js';
import { closingStanding, CLOSING_LOCK, finishClosing, insertClosing, missingRule, summaryOf } from './closing.store.js';
import { listOpenClaims, lockPayees, readClosable, type ClosableRow, type OpenClaims } from './open-claims.store.js';
import { differencesUpTo, lastCompleteTotal } from './redemption-total.store.js';
import { statementContent } from './statement-content.js';
import { decideStatement, type DecidedStatement } from './statement.decision.js';
import { insertStatements, type NewStatement } from './new-statement.store.js';

type Opened = Readonly<{ upToSeq: number; period: Month; closedBefore: boolean }>;

@CommandHandler(CloseStatements)
export class CloseStatementsHandler implements ICommandHandler<CloseStatements> {
  constructor(
    private readonly work: SettlementWork, private readonly issuer: PlaceInvoiceIssuer,
    @Inject(HOLD_RULES) private readonly rules: HoldRules,
  ) {}

  async execute({ request, meta }: CloseStatements): Promise<ClosedStatements | Rejected> {
    const opened = await this.work.once(meta, (tx) => open(tx, request.period));
    if (isRejected(opened)) return opened;
    const { upToSeq } = opened;
    await this.closeAll(meta, opened);
    await this.work.transaction(originOf(meta), async (tx) => {
      await lockByName(tx, CLOSING_LOCK);
      await finishClosing(tx, upToSeq);
    });
    this.issuer.wake();
    return { ...opened, ...await summaryOf(this.work.client, upToSeq) };
  }

  /** While one step is decided and written, the database reads the lines of another. */
  private async closeAll(meta: Meta, opened: Opened): Promise<void> {
    const steps = inSteps(await listOpenClaims(this.work.client, opened.upToSeq));
    const lane = async () => {
      for (let claims = steps.shift(); claims; claims = steps.shift()) await this.step(meta, opened, claims);
    };
    const lanes = await Promise.allSettled(Array.from({ length: CLOSING_LANES }, () => lane().catch((error: unknown) => {
      steps.length = 0;
      throw error;
    })));
    const failed = lanes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private step(meta: Meta, opened: Opened, claims: readonly OpenClaims[]): Promise<void> {
    return this.work.transaction(originOf(meta), async (tx) => {
      await shareByName(tx, CLOSING_LOCK);
      await lockPayees(tx, claims);
      await closeSome(tx, opened, { claims, rules: this.rules });
    });
  }
}

/** The number at which to close; one that was left open comes first. */
async function open(tx: Tx, asked: Month | null): Promise<Opened | Rejected> {
  await lockByName(tx, CLOSING_LOCK);
  const { openUpTo, closedUpTo, period: last } = await closingStanding(tx);
  if (openUpTo !== undefined) return { upToSeq: openUpTo, period: last!, closedBefore: false };
  const totalledUpTo = await lastCompleteTotal(tx);
  const { seq } = await takenUpTo(tx.sql, 'settlement', 'redemption');
  const fresh = totalledUpTo !== undefined && totalledUpTo > closedUpTo;
  const decided = decideClosing({
    totalledUpTo, closedUpTo, takenUpTo: seq,
    differences: fresh ? await differencesUpTo(tx, totalledUpTo) : [],
    missingRule: fresh ? await missingRule(tx, totalledUpTo, closedUpTo) : undefined,
  }, NAMED_PLACES_MAX);
  if (isRejected(decided)) return decided;
  const { upToSeq } = decided;
  if (decided.kind === 'closed_before') return { upToSeq, period: last!, closedBefore: true };
  const month = decidePeriod(asked, { today: dayIn(BANK_TIME_ZONE, tx.now), last });
  if (isRejected(month)) return month;
  await insertClosing(tx, { upToSeq, period: month.period });
  return { upToSeq, period: month.period, closedBefore: false };
}

/** So many payees, and so many lines, as one transaction takes; a payee with more lines than that has one of its own. */
function inSteps(claims: readonly OpenClaims[]): OpenClaims[][] {
  const steps: OpenClaims[][] = [];
  let lines = 0;
  for (const each of claims) {
    const step = steps.at(-1);
    if (!step || step.length === STATEMENTS_PER_TRANSACTION || lines + each.lines > LINES_PER_TRANSACTION) {
      steps.push([each]);
      lines = each.lines;
    } else {
      step.push(each);
      lines += each.lines;
    }
  }
  return steps;
}

type Step = Readonly<{ claims: readonly OpenClaims[]; rules: HoldRules }>;

async function closeSome(tx: Tx, { upToSeq, period }: Opened, { claims, rules }: Step): Promise<void> {
  const statements: NewStatement[] = [];
  const held: ClosableRow[] = [];
  // Before the statements are read: they take the lines that nothing holds.
  await holdMeasured(tx, upToSeq, claims);
  const netting = await nettingOn(tx, claims.map(({ payeeId }) => payeeId), dayIn(BANK_TIME_ZONE, tx.now));
  for (const row of await readClosable(tx, upToSeq, claims)) {
    if (decideHold(row, rules)) {
      held.push(row);
      continue;
    }
    const own = netting(row.payeeId);
    const decided = decideStatement(row, COMMONS_POOL, own.isNetted);
    if (decided.kind === 'closed') statements.push(statementOf(tx, { upToSeq, period, netting: own }, row, decided));
  }
  await holdFirstRemittances(tx, upToSeq, held);
  if (statements.length === 0) return;
  await insertStatements(tx, statements);
  await tx.emitAll(StatementClosedV1, statements.map(factOf));
  await tx.emitAll(PlaceFeeBilledV1, statements.flatMap(billedFactOf));
}

type At = Pick<Opened, 'upToSeq' | 'period'> & Readonly<{ netting: Netting }>;

function statementOf(tx: Tx, { netting, ...at }: At, row: ClosableRow, decided: DecidedStatement): NewStatement {
  const { payeeId, custodyAccountId, fromSeq, linesSha256, releasedHolds } = row;
  const head = {
    ...at, statementId: idOf('statement', tx.newId()), payeeId, custodyAccountId, fromSeq, linesSha256, releasedHolds, closedAt: tx.now,
    nettingVersion: netting.version,
  };
  return { head, decided, ...statementContent(head, decided) };
}

const factOf = ({ head, decided: { total, lineCount, posting }, sha256 }: NewStatement): Fact<typeof StatementClosedV1> => ({
  subject: `statement:${head.statementId}`, posting,
  body: {
    statementId: head.statementId, payeeId: head.payeeId, custodyAccountId: head.custodyAccountId, upToSeq: head.upToSeq, lines: lineCount, currency: 'EUR', sha256, period: head.period,
    grossCents: toWire(total.gross), feeCents: toWire(total.fee), vatCents: toWire(total.vat),
    commonsCents: toWire(total.commons), netCents: toWire(total.net),
  },
});

function billedFactOf({ head, decided: { billed } }: NewStatement): Fact<typeof PlaceFeeBilledV1>[] {
  if (!billed) return [];
  const { statementId, payeeId, custodyAccountId } = head;
  const amounts = { feeCents: Number(billed.billedFee), vatCents: Number(billed.billedVat), currency: 'EUR' as const };
  return [{ subject: `statement:${statementId}`, posting: billed.posting, body: { statementId, payeeId, custodyAccountId, ...amounts } }];
}
