// What the events themselves have to be, as far as each carries it: numbers without a gap, ids once, bodies as their
// contracts say, and sums that a service pair and the ways of the money must agree on.
import { contractOf, field, type Contract } from '#libs/contracts';
import { ClaimSums } from './claim-sums.js';
import { LedgerSums } from './ledger-sums.js';
import type { LoggedEvent } from './logged-event.js';

export type Fault = Readonly<{ check: 'numbers' | 'ids' | 'contracts' | 'clearing' | 'statements' | 'payments' | 'balances' | 'claims' | 'reversals'; reason: string }>;

type Sum = { count: number; amountCents: bigint };
export type Crossing = Sum & Readonly<{ between: string; type: string }>;
const amountOf = (body: unknown): bigint => {
  const amount = field.amountOrZeroCents.safeParse((body as { amountCents?: unknown } | null)?.amountCents);
  return amount.success ? BigInt(amount.data) : 0n;
};

export class EventSums {
  readonly lastSeqs = new Map<string, number>();
  readonly byType = new Map<string, Sum>();
  issuedCents = 0n;
  statementNetCents = 0n;
  readonly placePayments = { booked: 0n, returned: 0n };
  readonly ledgers = new LedgerSums();
  readonly claims = new ClaimSums();
  private readonly ids = new Set<string>();
  private readonly returnable = new Map<string, { booked: bigint; returned: bigint; line: number }>();

  get idCount(): number {
    return this.ids.size;
  }

  /** Sealed, but by a version that knew more than this one: their bodies are not judged. */
  get unknownTypes(): string[] {
    return [...this.byType.keys()].filter((type) => !contractOf(type));
  }

  add(event: LoggedEvent, line: number): Fault[] {
    const { sender, seq, id, type, body } = event;
    const faults: Fault[] = [];
    const next = (this.lastSeqs.get(sender) ?? 0) + 1;
    if (seq !== next) faults.push({ check: 'numbers', reason: `${sender} ${seq} stands where ${sender} ${next} belongs` });
    this.lastSeqs.set(sender, seq);
    if (this.ids.has(id)) faults.push({ check: 'ids', reason: `the event ${id} is here a second time` });
    this.ids.add(id);
    grow(this.byType, type, amountOf(body));
    const contract = contractOf(type);
    if (!contract) return faults;
    const misfit = misfitOf(contract, event);
    if (misfit) return [...faults, { check: 'contracts', reason: misfit }];
    return [...faults, ...this.count(event, line), ...this.ledgers.add(event, line), ...this.claims.add(event, line)];
  }

  /** What crossed between two ledgers, by the pair and the kind of event: both post it, under this one id. */
  crossings(): Crossing[] {
    return [...this.byType].flatMap(([type, sum]) => {
      const ledgers = Object.keys(contractOf(type)?.postings ?? {}).sort();
      return ledgers.length === 2 ? [{ ...sum, type, between: ledgers.join('-') }] : [];
    }).sort((a, b) => (a.between < b.between ? -1 : 1));
  }

  /** What can be judged only when all is read: a return may stand before its payment. `signedAt`: of the last checkpoint. */
  end(signedAt: string, line: number): (Fault & { line: number })[] {
    const returned = [...this.returnable].filter(([, payment]) => payment.returned > payment.booked)
      .map(([id, payment]) => ({ check: 'payments' as const, reason: `more came back of payment ${id} than had left`, line: payment.line }));
    return [...returned, ...this.ledgers.end(signedAt, line), ...this.claims.end()];
  }

  private count({ type, body }: LoggedEvent, line: number): Fault[] {
    switch (type) {
      case 'batch.created.v1': return this.issue(body as { count: number; faceCents: number });
      case 'statement.closed.v1': return this.state(body as Statement);
      case 'payment.booked.v1': case 'payment.transferred.v1': return this.pay('booked', body as Payment, line);
      case 'payment.returned.v1': case 'payment.transfer_reversed.v1': return this.pay('returned', body as Payment, line);
      case 'ledger.posted.v1': return crossingWithoutEvent(body as { transfers: { debit: string; credit: string }[] });
      default: return [];
    }
  }

  private issue({ count, faceCents }: { count: number; faceCents: number }): Fault[] {
    this.issuedCents += BigInt(count) * BigInt(faceCents);
    return [];
  }

  private state({ statementId, grossCents, feeCents, vatCents, commonsCents, netCents }: Statement): Fault[] {
    this.statementNetCents += BigInt(netCents);
    if (grossCents === netCents + feeCents + vatCents + commonsCents) return [];
    return [{ check: 'statements', reason: `statement ${statementId} is not net + fee + VAT + commons` }];
  }

  private pay(what: 'booked' | 'returned', { paymentId, purpose, amountCents }: Payment, line: number): Fault[] {
    const seen = this.returnable.get(paymentId) ?? { booked: 0n, returned: 0n, line };
    seen[what] += BigInt(amountCents);
    this.returnable.set(paymentId, { ...seen, line });
    if (purpose === 'place') this.placePayments[what] += BigInt(amountCents);
    return [];
  }
}

type Statement = { statementId: string; grossCents: number; feeCents: number; vatCents: number; commonsCents: number; netCents: number };
type Payment = { paymentId: string; purpose: string; amountCents: number };

function grow(sums: Map<string, Sum>, key: string, amountCents: bigint): void {
  const sum = sums.get(key) ?? { count: 0, amountCents: 0n };
  sums.set(key, { count: sum.count + 1, amountCents: sum.amountCents + amountCents });
}

/** Audit keeps a shortened body of some types: those are not compared. */
function misfitOf({ from, schema, auditView }: Contract, { sender, type, body }: LoggedEvent): string | undefined {
  if (from !== 'each' && from !== sender) return `${sender} may not say ${type}`;
  return auditView || schema.safeParse(body).success ? undefined : `the body is not what ${type} says`;
}

/** Money crosses by an event of its own only: what travels as ledger.posted stays inside one ledger. */
function crossingWithoutEvent({ transfers }: { transfers: { debit: string; credit: string }[] }): Fault[] {
  const crosses = transfers.some(({ debit, credit }) => [debit, credit].some((account) => account.startsWith('clearing:')));
  return crosses ? [{ check: 'clearing', reason: 'a posting without an event of its own crosses to another ledger' }] : [];
}
