// Closes in steps: the cut-off is verified and written first, then statements and holds in transactions of a bounded
// size. A process that is killed between them leaves an open closing, which the next call finishes; nothing is closed twice.
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TotalsPublisher } from '#libs/control-totals';
import { PlaceFeeBilledV1, StatementClosedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, minus, sum, toWire, type Cents, type Month, type ProgrammeId, type Rejected } from '#libs/kernel';
import { takenUpTo } from '#libs/messaging';
import type { Fact, Meta, Sql, Tx } from '#libs/persistence';
import { lockPools } from '../allocations/allocation.store.js';
import { calendarProgrammes } from '../closing-rules/closing-rule.store.js';
import { lockByName, shareByName } from '../database.store.js';
import { DebitNoteWatch } from '../debit-notes/debit-note-watch.js';
import type { OpenNoteOf } from '../debit-notes/debit-note.decision.js';
import { openNotes } from '../debit-notes/debit-note.store.js';
import { decideSetOffs } from '../debit-notes/set-off.decision.js';
import { bookSetOffs } from '../debit-notes/set-off.js';
import { lapseEarlyPayments, lockEarlyPayments, netEarlyPayments } from '../early-payments/end-early-payments.js';
import type { OpenEarly } from '../early-payments/early-payment.store.js';
import { holdAlerted, holdFirstRemittances, holdMeasured } from '../holds/hold-lines.js';
import { decideHold, HOLD_RULES, type HoldRules } from '../holds/hold.decision.js';
import { BANK_TIME_ZONE, CLOSING_LANES, CLOSING_STEP, COMMONS_POOL, NAMED_PLACES_MAX } from '../limits.js';
import { nettingOn, type Netting } from '../netting/netting.store.js';
import { tellDocuments } from '../payee-documents/tell-documents.js';
import { invoicesToSetOff } from '../place-invoices/place-invoice-discharge.store.js';
import { PlaceInvoiceIssuer } from '../place-invoices/place-invoice-issuer.js';
import type { OpenInvoice } from '../place-invoices/place-invoice-payment.decision.js';
import { setOffInvoices } from '../place-invoices/set-off-invoices.js';
import { originOf, SettlementWork } from '../settlement.work.js';
import { insertCommonsShares } from '../sharing-rules/commons-share.store.js';
import type { SharingRules } from '../sharing-rules/sharing-rule.decision.js';
import { sharingRulesOn } from '../sharing-rules/sharing-rule.store.js';
import { surveyClaims, type ClaimSurvey, type SurveyedClaims } from './claim-survey.store.js';
import { insertCarryOvers, waitedDays, waiterKey, type CarryReason, type NewCarryOver } from './carry-over.store.js';
import { CloseStatements, type ClosedStatements } from './close-statements.command.js';
import { decideClosing } from './close-statements.decision.js';
import { decidePeriod } from './closing-period.decision.js';
import { closingSteps } from './closing-steps.decision.js';
import { closingStanding, CLOSING_LOCK, dayOfClosing, finishClosing, insertClosing, summaryOf } from './closing.store.js';
import { lockPayees, readClosable, type ClosableRow, type OpenClaims } from './open-claims.store.js';
import { lastCompleteTotal } from './redemption-total.store.js';
import { sharesOnWire, statementContent, type StatementHead } from './statement-content.js';
import { decideStatement, type DecidedStatement, type Shares } from './statement.decision.js';
import { insertStatements, type NewStatement } from './new-statement.store.js';
import { decideWaiting, type ClosingDay, type ProgrammeTerms } from './waiting.decision.js';

type Opened = Readonly<{ upToSeq: number; period: Month; closedBefore: boolean }>;
type Calendar = Readonly<{ terms: ReadonlyMap<ProgrammeId, ProgrammeTerms>; at: ClosingDay; sharing: SharingRules }>;
type Closing = Calendar & Readonly<{ opened: Opened; rules: HoldRules }>;

@CommandHandler(CloseStatements)
export class CloseStatementsHandler implements ICommandHandler<CloseStatements> {
  constructor(
    private readonly work: SettlementWork, private readonly issuer: PlaceInvoiceIssuer,
    @Inject(DebitNoteWatch) private readonly notes: Pick<DebitNoteWatch, 'wake'>,
    @Inject(TotalsPublisher) private readonly totals: Pick<TotalsPublisher, 'wake'>,
    @Inject(HOLD_RULES) private readonly rules: HoldRules,
  ) {}

  async execute({ request, meta }: CloseStatements): Promise<ClosedStatements | Rejected> {
    let survey: ClaimSurvey | undefined;
    const opened = await this.work.once(meta, (tx) => open(tx, request.period, (made) => { survey = made; }));
    if (isRejected(opened)) return opened;
    const { upToSeq } = opened;
    // One that was opened before, and left, is looked at again.
    const { openClaims } = survey ?? await surveyClaims(this.work.client, { upToSeq, closedUpTo: upToSeq });
    await this.closeAll(meta, { opened, rules: this.rules, ...await calendarOf(this.work.client, upToSeq) }, openClaims);
    await this.work.transaction(originOf(meta), async (tx) => {
      await lockByName(tx, CLOSING_LOCK);
      await finishClosing(tx, upToSeq);
    });
    this.issuer.wake();
    this.notes.wake();
    this.totals.wake();
    return { ...opened, ...await summaryOf(this.work.client, upToSeq) };
  }

  /** While one step is decided and written, the database reads the lines of another. */
  private async closeAll(meta: Meta, closing: Closing, openClaims: readonly SurveyedClaims[]): Promise<void> {
    const steps = closingSteps(openClaims, closing.rules, CLOSING_STEP);
    const lane = async () => {
      for (let claims = steps.shift(); claims; claims = steps.shift()) await this.step(meta, closing, claims);
    };
    const lanes = await Promise.allSettled(Array.from({ length: CLOSING_LANES }, () => lane().catch((error: unknown) => {
      steps.length = 0;
      throw error;
    })));
    const failed = lanes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private step(meta: Meta, closing: Closing, claims: readonly OpenClaims[]): Promise<void> {
    return this.work.transaction(originOf(meta), async (tx) => {
      await shareByName(tx, CLOSING_LOCK);
      await lockPayees(tx, claims);
      await closeSome(tx, closing, claims);
    });
  }
}

/** The number at which to close; one that was left open comes first. `tell` hears what a new one found, with the lock held. */
async function open(tx: Tx, asked: Month | null, tell: (survey: ClaimSurvey) => void): Promise<Opened | Rejected> {
  await lockByName(tx, CLOSING_LOCK);
  const { openUpTo, closedUpTo, period: last } = await closingStanding(tx);
  if (openUpTo !== undefined) return { upToSeq: openUpTo, period: last!, closedBefore: false };
  const totalledUpTo = await lastCompleteTotal(tx);
  const { seq } = await takenUpTo(tx.sql, 'settlement', 'redemption');
  const fresh = totalledUpTo !== undefined && totalledUpTo > closedUpTo;
  const survey = fresh ? await surveyClaims(tx.sql, { upToSeq: totalledUpTo, closedUpTo }) : undefined;
  if (survey) tell(survey);
  const { differences, missingRule } = survey ?? { differences: [], missingRule: undefined };
  const decided = decideClosing({ totalledUpTo, closedUpTo, takenUpTo: seq, differences, missingRule }, NAMED_PLACES_MAX);
  if (isRejected(decided)) return decided;
  const { upToSeq } = decided;
  if (decided.kind === 'closed_before') return { upToSeq, period: last!, closedBefore: true };
  const month = decidePeriod(asked, { today: dayIn(BANK_TIME_ZONE, tx.now), last });
  if (isRejected(month)) return month;
  await insertClosing(tx, { upToSeq, period: month.period });
  return { upToSeq, period: month.period, closedBefore: false };
}

/** Rules have effect on days to come: whoever finishes this closing later finds those that it began with. */
async function calendarOf(sql: Sql, upToSeq: number): Promise<Calendar> {
  const ruled = (await calendarProgrammes(sql)).filter(({ rules }) => rules.length > 0);
  const at = await dayOfClosing(sql, upToSeq);
  return { terms: new Map(ruled.map(({ programmeId, ...terms }) => [programmeId, terms])), at, sharing: await sharingRulesOn(sql, at.day) };
}

type Closed = NewStatement & Readonly<{ decided: DecidedStatement; head: StatementHead }>;

async function closeSome(tx: Tx, { opened, rules, terms, at, sharing }: Closing, claims: readonly OpenClaims[]): Promise<void> {
  const { upToSeq } = opened;
  const statements: Closed[] = [];
  const held: ClosableRow[] = [];
  const carried: NewCarryOver[] = [];
  const early = await lockEarlyPayments(tx, claims);
  // Before the statements are read: they take the lines that nothing holds.
  await holdMeasured(tx, upToSeq, claims);
  await holdAlerted(tx, upToSeq, claims);
  const notes = await openNotes(tx, claims.map(({ payeeId }) => payeeId));
  const invoices = await invoicesToSetOff(tx, claims.map(({ payeeId }) => payeeId));
  const netting = await nettingOn(tx.sql, claims.map(({ payeeId }) => payeeId), dayIn(BANK_TIME_ZONE, tx.now));
  const rows = await readClosable(tx, upToSeq, claims);
  const waited = terms.size > 0 ? await waitedDays(tx, upToSeq, rows) : undefined;
  for (const row of rows) {
    // Held first, whatever is due: the review is done when the sum has grown.
    if (decideHold({ ...row, gross: sum(row.groups.map(({ gross }) => gross)) }, rules)) {
      held.push(row);
      continue;
    }
    const own = netting(row.payeeId);
    const decided = decideStatement(row, COMMONS_POOL, own.isNetted, sharing);
    const programmeIds = programmesOf(row);
    const reason = decided.kind === 'carried' ? 'nothing_to_pay'
      : waited && decideWaiting({ programmeIds, net: decided.total.net, waitedDays: waited.get(waiterKey(row)) ?? 0 }, terms, at);
    if (reason) carried.push(carryOverOf(row, { total: decided.total, reason, programmeIds }));
    else if (decided.kind === 'closed') statements.push(statementOf(tx, { ...opened, early, notes, invoices, netting: own }, row, decided));
  }
  await holdFirstRemittances(tx, upToSeq, held);
  carried.push(...(await readClosable(tx, upToSeq, held)).map(leftBesideHold));
  await insertCarryOvers(tx, upToSeq, carried);
  if (statements.length === 0) return;
  await insertStatements(tx, statements);
  await lockPools(tx);
  const eventIds = await tx.emitAll(StatementClosedV1, statements.map(factOf));
  await insertCommonsShares(tx, statements.map(({ head: { statementId }, decided: { commonsShares: shares } }, index) =>
    ({ eventId: eventIds[index]!, source: 'statement', sourceId: statementId, shares })));
  await tx.emitAll(PlaceFeeBilledV1, statements.flatMap(billedFactOf));
  // What is set off against a net has to be owed first.
  await netEarlyPayments(tx, statements.flatMap(({ head: { earlyNetted } }) => earlyNetted));
  await lapseEarlyPayments(tx, statements.flatMap(({ head }) => early.filter((one) => !one.isPaid && isOwn(one, head))));
  await bookSetOffs(tx, statements.flatMap(({ head: { setOffs, payeeId, custodyAccountId } }) =>
    setOffs.map((setOff) => ({ ...setOff, payeeId, custodyAccountId }))));
  await setOffInvoices(tx, statements.flatMap(({ head: { invoiceSetOffs } }) => invoiceSetOffs));
  await tellDocuments(tx, statements.map(({ head: { statementId, payeeId }, decided: { total } }) =>
    ({ kind: 'statement', documentId: statementId, number: null, period: opened.period, amountCents: toWire(total.net), dueOn: null, payeeId })));
}

type Carried = Readonly<{ total: Shares; reason: CarryReason; programmeIds: readonly ProgrammeId[] }>;
const carryOverOf = ({ payeeId, custodyAccountId, lines }: ClosableRow, { total: { gross, net }, ...why }: Carried): NewCarryOver =>
  ({ payeeId, custodyAccountId, lines, gross, net, ...why });

const programmesOf = ({ groups }: ClosableRow): ProgrammeId[] => [...new Set(groups.map(({ programmeId }) => programmeId))];

/** A hold takes no lines that undo each other: they stay open beside it, and say so. */
const leftBesideHold = (row: ClosableRow): NewCarryOver => carryOverOf(row, {
  total: decideStatement(row, COMMONS_POOL).total, reason: 'nothing_to_pay', programmeIds: programmesOf(row),
});

type Whose = Pick<ClosableRow, 'payeeId' | 'custodyAccountId'>;
const isOwn = (debt: Whose, { payeeId, custodyAccountId }: Whose) => debt.payeeId === payeeId && debt.custodyAccountId === custodyAccountId;

type At = Pick<Opened, 'upToSeq' | 'period'> & Readonly<{ early: readonly OpenEarly[]; notes: readonly OpenNoteOf[]; invoices: readonly OpenInvoice[]; netting: Netting }>;

function statementOf(tx: Tx, at: At, row: ClosableRow, decided: DecidedStatement): Closed {
  const { early, notes, invoices, netting, upToSeq, period } = at;
  const { payeeId, custodyAccountId, fromSeq, linesSha256, releasedHolds } = row;
  const statementId = idOf('statement', tx.newId());
  const { net } = decided.total;
  // What was paid early was paid of this: debts are set off against what is left to pay.
  const earlyNetted = decideSetOffs(early.filter((one) => one.isPaid && isOwn(one, row)), [{ statementId, toPay: net }]);
  const afterEarly = lessBy(net, earlyNetted);
  const setOffs = decideSetOffs(notes.filter((note) => isOwn(note, row)), [{ statementId, toPay: afterEarly }]);
  const afterNotes = lessBy(afterEarly, setOffs);
  const invoiceSetOffs = decideSetOffs(invoices.filter((invoice) => isOwn(invoice, row)), [{ statementId, toPay: afterNotes }]);
  const head = {
    upToSeq, period, statementId, payeeId, custodyAccountId, fromSeq, linesSha256, releasedHolds, earlyNetted, setOffs, invoiceSetOffs,
    closedAt: tx.now, nettingVersion: netting.version,
  };
  return { head, decided, ...statementContent(head, decided) };
}

const lessBy = (net: Cents, taken: readonly Readonly<{ amount: Cents }>[]): Cents => minus(net, sum(taken.map(({ amount }) => amount)));

const setOffIn = ({ earlyNetted, setOffs, invoiceSetOffs }: StatementHead) => {
  const amounts = [...earlyNetted, ...setOffs, ...invoiceSetOffs].map(({ amount }) => amount);
  return amounts.length > 0 ? { setOffCents: toWire(sum(amounts)) } : {};
};

const factOf = ({ head, decided: { total, lineCount, posting, commonsShares }, sha256 }: Closed): Fact<typeof StatementClosedV1> => ({
  subject: `statement:${head.statementId}`, posting,
  body: {
    statementId: head.statementId, payeeId: head.payeeId, custodyAccountId: head.custodyAccountId, upToSeq: head.upToSeq, lines: lineCount, currency: 'EUR', sha256, period: head.period,
    grossCents: toWire(total.gross), feeCents: toWire(total.fee), vatCents: toWire(total.vat),
    commonsCents: toWire(total.commons), netCents: toWire(total.net), ...setOffIn(head),
    ...(commonsShares.length > 0 && { commonsShares: sharesOnWire(commonsShares) }),
  },
});

function billedFactOf({ head, decided: { billed } }: Closed): Fact<typeof PlaceFeeBilledV1>[] {
  if (!billed) return [];
  const { statementId, payeeId, custodyAccountId } = head;
  const amounts = { feeCents: Number(billed.billedFee), vatCents: Number(billed.billedVat), currency: 'EUR' as const };
  return [{ subject: `statement:${statementId}`, posting: billed.posting, body: { statementId, payeeId, custodyAccountId, ...amounts } }];
}
