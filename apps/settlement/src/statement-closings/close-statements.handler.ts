// Closes in steps: the cut-off is verified and written first, then statements in transactions of a bounded size. A
// process that is killed between them leaves an open closing, which the next call finishes; nothing is closed twice.
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StatementClosedV1 } from '#libs/contracts';
import { idOf, isRejected, toWire, type Rejected } from '#libs/kernel';
import { takenUpTo } from '#libs/messaging';
import type { Fact, Meta, Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { COMMONS_POOL, NAMED_PLACES_MAX, STATEMENTS_PER_TRANSACTION } from '../limits.js';
import { originOf, SettlementWork } from '../settlement.work.js';
import { CloseStatements, type ClosedStatements } from './close-statements.command.js';
import { decideClosing } from './close-statements.decision.js';
import {
  CLOSING, closingStanding, finishClosing, insertClosing, insertStatements, listOpenClaims, missingRule, readClosable, summaryOf,
  type ClosableRow, type NewStatement, type OpenClaims,
} from './closing.store.js';
import { differencesUpTo, lastCompleteTotal } from './redemption-total.store.js';
import { statementContent } from './statement-content.js';
import { decideStatement, type DecidedStatement } from './statement.decision.js';

@CommandHandler(CloseStatements)
export class CloseStatementsHandler implements ICommandHandler<CloseStatements> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ meta }: CloseStatements): Promise<ClosedStatements | Rejected> {
    const opened = await this.work.once(meta, open);
    if (isRejected(opened)) return opened;
    const { upToSeq } = opened;
    const claims = await listOpenClaims(this.work.client, upToSeq);
    for (let start = 0; start < claims.length; start += STATEMENTS_PER_TRANSACTION) {
      await this.step(meta, (tx) => closeSome(tx, upToSeq, claims.slice(start, start + STATEMENTS_PER_TRANSACTION)));
    }
    await this.step(meta, (tx) => finishClosing(tx, upToSeq));
    return summaryOf(this.work.client, upToSeq);
  }

  private step(meta: Meta, work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.work.transaction(originOf(meta), async (tx) => {
      await lockByName(tx, CLOSING);
      await work(tx);
    });
  }
}

/** The number at which to close; one that was left open comes first. */
async function open(tx: Tx): Promise<{ upToSeq: number } | Rejected> {
  await lockByName(tx, CLOSING);
  const { openUpTo, closedUpTo } = await closingStanding(tx);
  if (openUpTo !== undefined) return { upToSeq: openUpTo };
  const totalledUpTo = await lastCompleteTotal(tx);
  const { seq } = await takenUpTo(tx.sql, 'settlement', 'redemption');
  const fresh = totalledUpTo !== undefined && totalledUpTo > closedUpTo;
  const decided = decideClosing({
    totalledUpTo, closedUpTo, takenUpTo: seq,
    differences: fresh ? await differencesUpTo(tx, totalledUpTo) : [],
    missingRule: fresh ? await missingRule(tx, totalledUpTo, closedUpTo) : undefined,
  }, NAMED_PLACES_MAX);
  if (isRejected(decided)) return decided;
  if (decided.kind === 'open') await insertClosing(tx, decided.upToSeq);
  return { upToSeq: decided.upToSeq };
}

async function closeSome(tx: Tx, upToSeq: number, wanted: readonly OpenClaims[]): Promise<void> {
  const statements: NewStatement[] = [];
  for (const row of await readClosable(tx, upToSeq, wanted)) {
    const decided = decideStatement(row, COMMONS_POOL);
    if (decided.kind === 'closed') statements.push(statementOf(tx, upToSeq, row, decided));
  }
  if (statements.length === 0) return;
  await insertStatements(tx, statements);
  await tx.emitAll(StatementClosedV1, statements.map(factOf));
}

function statementOf(tx: Tx, upToSeq: number, row: ClosableRow, decided: DecidedStatement): NewStatement {
  const { payeeId, custodyAccountId, fromSeq, linesSha256 } = row;
  const head = { statementId: idOf('statement', tx.newId()), payeeId, custodyAccountId, fromSeq, upToSeq, linesSha256, closedAt: tx.now };
  return { head, decided, ...statementContent(head, decided) };
}

const factOf = ({ head, decided: { total, lineCount, posting }, sha256 }: NewStatement): Fact<typeof StatementClosedV1> => ({
  subject: `statement:${head.statementId}`, posting,
  body: {
    statementId: head.statementId, payeeId: head.payeeId, upToSeq: head.upToSeq, lines: lineCount, currency: 'EUR', sha256,
    grossCents: toWire(total.gross), feeCents: toWire(total.fee), vatCents: toWire(total.vat),
    commonsCents: toWire(total.commons), netCents: toWire(total.net),
  },
});
