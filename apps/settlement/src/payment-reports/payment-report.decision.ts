// What each status of a bank's report is to us. Only one moves money: RJCT of a payment that was released and not debited.
// Everything else is noted, or a finding that a person reads: a payment that was debited is never taken back by a report.
import type { Cents, PaymentId } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { KnownPayment } from '../bank-statements/bank-line.decision.js';
import { sourcesOf } from '../payment-source.decision.js';

/** An ISO code, the bank's reason, and its words; any of them may be missing. */
export type ReportedStatus = Readonly<{ code?: string; reason?: string; text?: string }>;
export type ReportedPayment = Readonly<{
  endToEndId: string | null;
  /** The payment of ours that the id names; null for others. */
  paymentId: PaymentId | null;
  amount: Readonly<{ amountCents: Cents; currency: string }> | null;
  status: ReportedStatus;
}>;
export type ReportedPart = Readonly<{ paymentInformationId: string; status: ReportedStatus; payments: readonly ReportedPayment[] }>;
/** On the payment file `originalMessageId`. */
export type Report = Readonly<{ originalMessageId: string; status: ReportedStatus; parts: readonly ReportedPart[] }>;

/** With the id of the file in which it went to the bank. */
export type ReportedKnown = KnownPayment & Readonly<{ messageId: string }>;

export const REPORT_FINDINGS = [
  'unknown_file', 'unknown_part', 'unknown_payment', 'other_file', 'amount_differs', 'status_unknown', 'statuses_contradict', 'not_released',
  'booked_before', 'rejected_before',
] as const;
export type ReportFinding = (typeof REPORT_FINDINGS)[number];

export type DecidedStatus = Readonly<{
  level: 'file' | 'part' | 'payment';
  paymentInformationId: string | null;
  endToEndId: string | null;
  payment: ReportedKnown | null;
  status: ReportedStatus;
}> & Readonly<
  | { outcome: 'noted' | 'known'; finding: null }
  | { outcome: 'finding'; finding: ReportFinding }
  /** `blocks`: the bank refused this very payment, so its account is not paid to again; a file refused whole says nothing of accounts. */
  | { outcome: 'rejected'; finding: null; payment: ReportedKnown; blocks: boolean }>;

const REJECTED = 'RJCT';
/** On its way, done, or checked: `PART` says that the payments differ, the `R…` ones are of the verification of payee. */
const NOTED = new Set([
  'ACCC', 'ACCP', 'ACFC', 'ACSC', 'ACSP', 'ACTC', 'ACWC', 'ACWP', 'PART', 'PATC', 'PDNG', 'PRES', 'RCVD',
  'RCVC', 'RVCM', 'RVMC', 'RVNA', 'RVNC', 'RVNM',
]);

/** Reasons that are the account's own, whatever was refused besides: wrong, closed, blocked, its holder dead, its bank unknown. */
const REASONS_OF_ACCOUNT = new Set(['AC01', 'AC03', 'AC04', 'AC06', 'AC07', 'AG01', 'CNOR', 'MD07', 'RC01', 'RC04']);

/** `known`: of the file and parts that it names, and those that its end-to-end ids name. */
export function decideReport(report: Report, known: readonly ReportedKnown[]): DecidedStatus[] {
  return new Judge(report, known).all();
}

/** The states of our payments as the report goes by: the second mention of a payment finds what the first left. */
class Judge {
  private readonly payments: Map<PaymentId, ReportedKnown>;
  private readonly told = new Set<PaymentId>();
  /** Of the payment file that the report answers to, and the ids of its parts. */
  private readonly ofFile: readonly ReportedKnown[];
  private readonly parts: ReadonlySet<string>;

  constructor(private readonly report: Report, known: readonly ReportedKnown[]) {
    this.payments = new Map(known.map((payment) => [payment.paymentId, payment]));
    this.ofFile = known.filter(({ messageId }) => messageId === report.originalMessageId);
    this.parts = new Set(this.ofFile.map(({ paymentInformationId }) => paymentInformationId));
  }

  all(): DecidedStatus[] {
    const { parts } = this.report;
    const listed = parts.flatMap((part) => part.payments.map((payment) => this.listed(part, payment)));
    return [...this.group(), ...parts.flatMap((part) => this.part(part)), ...listed, ...this.unlisted()];
  }

  private group(): DecidedStatus[] {
    const { status, parts } = this.report;
    if (status.code === undefined && parts.length > 0) return [];
    const head = { level: 'file' as const, paymentInformationId: null, endToEndId: null, payment: null, status };
    return [{ ...head, ...(this.ofFile.length === 0 ? found('unknown_file') : headOutcome(status)) }];
  }

  private part({ paymentInformationId, status, payments }: ReportedPart): DecidedStatus[] {
    if (status.code === undefined && payments.length > 0) return [];
    const head = { level: 'part' as const, paymentInformationId, endToEndId: null, payment: null, status };
    if (!this.parts.has(paymentInformationId)) return [{ ...head, ...found('unknown_part') }];
    return [{ ...head, ...(contradicts(this.report.status, status) ? found('statuses_contradict') : headOutcome(status)) }];
  }

  /** A payment that the report names: its own status, or else that of its part, or else that of the file. */
  private listed(part: ReportedPart, reported: ReportedPayment): DecidedStatus {
    const above = part.status.code !== undefined ? part.status : this.report.status;
    const status = reported.status.code === undefined ? { ...above, ...defined(reported.status) } : reported.status;
    const payment = (reported.paymentId && this.payments.get(reported.paymentId)) ?? null;
    const head = {
      level: 'payment' as const, paymentInformationId: part.paymentInformationId,
      endToEndId: reported.endToEndId, payment, status,
    };
    if (!payment) return { ...head, outcome: 'finding', finding: 'unknown_payment' };
    this.told.add(payment.paymentId);
    const finding = this.mismatch(payment, part, reported) ?? (contradicts(above, status) ? 'statuses_contradict' : undefined);
    if (finding) return { ...head, outcome: 'finding', finding };
    return { ...head, ...this.judge(payment, status, above.code !== REJECTED || REASONS_OF_ACCOUNT.has(status.reason ?? '')) };
  }

  /** A file or part that was refused whole takes with it the payments that are not listed. */
  private unlisted(): DecidedStatus[] {
    const statusOf = new Map(this.report.parts.map(({ paymentInformationId, status }) => [paymentInformationId, status]));
    return this.ofFile.flatMap((payment): DecidedStatus[] => {
      const own = statusOf.get(payment.paymentInformationId);
      const status = own?.code === undefined ? this.report.status : own;
      if (status.code !== REJECTED || this.told.has(payment.paymentId)) return [];
      const head = { level: 'payment' as const, paymentInformationId: payment.paymentInformationId, endToEndId: null, payment, status };
      return [{ ...head, ...this.judge(payment, status, false) }];
    });
  }

  private judge(payment: ReportedKnown, status: ReportedStatus, blocks: boolean) {
    const { state, paymentId } = payment;
    if (status.code !== REJECTED) return state === 'rejected' ? found('rejected_before') : headOutcome(status);
    if (state === 'rejected') return { outcome: 'known' as const, finding: null };
    if (state === 'booked' || state === 'returned') return found('booked_before');
    if (state !== 'released') return found('not_released');
    this.payments.set(paymentId, { ...payment, state: 'rejected' });
    return { outcome: 'rejected' as const, finding: null, payment, blocks };
  }

  private mismatch(payment: ReportedKnown, { paymentInformationId }: ReportedPart, { amount }: ReportedPayment): ReportFinding | undefined {
    if (payment.messageId !== this.report.originalMessageId || payment.paymentInformationId !== paymentInformationId) return 'other_file';
    if (payment.state === 'instructed' || payment.state === 'cancelled') return 'not_released';
    return amount && (amount.currency !== 'EUR' || amount.amountCents !== payment.amount) ? 'amount_differs' : undefined;
  }
}

const found = (finding: ReportFinding) => ({ outcome: 'finding' as const, finding });

/** A status that is only told. RJCT of a whole is one too: its payments say what came of it. */
const headOutcome = ({ code }: ReportedStatus) =>
  (code === undefined || code === REJECTED || NOTED.has(code) ? { outcome: 'noted' as const, finding: null } : found('status_unknown'));

/** Refused as a whole and accepted by itself: one of the two is wrong, and money that went twice is worse than money that waits. */
const contradicts = (above: ReportedStatus, own: ReportedStatus): boolean =>
  above.code === REJECTED && own.code !== undefined && own.code !== REJECTED;

const defined = (status: ReportedStatus): ReportedStatus =>
  Object.fromEntries(Object.entries(status).filter(([, value]) => value !== undefined));

/** Row 16: refused before any debit, and owed again, to whom it was owed. */
export const rejectionPosting = (payment: ReportedKnown): Posting => ({
  rule: '16', custodyAccountId: payment.bankAccountId,
  transfers: sourcesOf(payment).map((source) => transfer(accounts.settlement.transit(payment.paymentId), source.account, source.amount)),
});
