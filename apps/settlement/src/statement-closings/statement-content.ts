// The one text of a statement, of which its digest is taken: anybody who has the text can check the digest, and anybody
// who has the claim lines can check the text.
import { createHash } from 'node:crypto';
import { toWire, type PayeeId, type StatementId, type Month } from '#libs/kernel';
import type { SetOff } from '../debit-notes/set-off.decision.js';
import type { OpenEarly } from '../early-payments/early-payment.store.js';
import type { OpenInvoice } from '../place-invoices/place-invoice-payment.decision.js';
import type { CommonsShare } from '../sharing-rules/divide-commons.decision.js';
import type { CountedGroups, DecidedStatement } from './statement.decision.js';

export type StatementHead = Readonly<{
  statementId: StatementId;
  payeeId: PayeeId;
  custodyAccountId: string;
  fromSeq: number | null;
  upToSeq: number;
  period: Month;
  closedAt: Date;
  /** SHA-256 over `redemption_id:gross` of each line, in the order of their numbers, one a line. */
  linesSha256: string;
  /** Holds whose lines are in it besides those of its numbers. */
  releasedHolds: readonly string[];
  /** What was paid early of it. */
  earlyNetted: readonly SetOff<OpenEarly>[];
  /** Debit notes of the payee that this closing set off against its net. */
  setOffs: readonly SetOff[];
  /** Invoices to it that are taken of what is then left. */
  invoiceSetOffs: readonly SetOff<OpenInvoice>[];
  /** The terms by which fees are kept; null where none are in force, or accepted. */
  nettingVersion: number | null;
}>;

/**
 * The order of the fields is part of the format: never changed, only added to at the end under a new `format`. Format 2 added the month
 * and the released holds; format 3 by which terms fees are kept, what is billed where they are not, and what was set off; format 4 the
 * invoices that were; format 5 what was paid early; format 6, where a sharing rule divided it, what each pool has of the commons share.
 */
export function statementContent(
  head: StatementHead, { lineCount, groups, total, billed, commonsShares }: Omit<DecidedStatement, 'kind' | 'posting'>,
): { content: string; sha256: string } {
  const content = JSON.stringify({
    format: commonsShares.length > 0 ? 6 : 5, statement: head.statementId, payee: head.payeeId, custodyAccount: head.custodyAccountId,
    afterSeq: head.fromSeq, upToSeq: head.upToSeq, closedAt: head.closedAt.toISOString(), currency: 'EUR',
    lines: { count: lineCount, sha256: head.linesSha256 },
    fees: feesOf(groups), ...wireOf(total), period: head.period, releasedHolds: head.releasedHolds, nettingTerms: head.nettingVersion,
    billed: billed && { feeCents: Number(billed.billedFee), vatCents: Number(billed.billedVat) },
    setOff: head.setOffs.map(({ debitNoteId, amount }) => ({ debitNote: debitNoteId, cents: toWire(amount) })),
    invoicesSetOff: head.invoiceSetOffs.map(({ placeInvoiceId, amount }) => ({ placeInvoice: placeInvoiceId, cents: toWire(amount) })),
    paidEarly: head.earlyNetted.map(({ earlyPaymentId, amount }) => ({ earlyPayment: earlyPaymentId, cents: toWire(amount) })),
    ...(commonsShares.length > 0 && { commonsShares: sharesOnWire(commonsShares) }),
  });
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
}

export const sharesOnWire = (shares: readonly CommonsShare[]) => shares.map(({ programmeId, sharingRuleVersion, local, national }) =>
  ({ programmeId, sharingRuleVersion, localCents: toWire(local), nationalCents: toWire(national) }));

export const feesOf = (groups: CountedGroups['groups']) =>
  groups.map(({ programmeId, feeRuleVersion, lineCount: count, rates, gross, fee, vat, commons, net }) => ({
    programme: programmeId, rule: feeRuleVersion, lines: count, feeBasisPoints: rates.feeBasisPoints,
    vatBasisPoints: rates.vatBasisPoints, commonsBasisPoints: rates.commonsBasisPoints,
    ...wireOf({ gross, fee, vat, commons, net }),
  }));

export const wireOf = ({ gross, fee, vat, commons, net }: CountedGroups['total']) => ({
  grossCents: toWire(gross), feeCents: toWire(fee), vatCents: toWire(vat), commonsCents: toWire(commons), netCents: toWire(net),
});
