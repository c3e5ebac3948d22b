// What places are owed, line by line: a statement is the sum of its lines, nothing is taken back twice, and no more is paid for
// a statement than it says.
import type { LoggedEvent } from './logged-event.js';

export type ClaimFault = Readonly<{ check: 'claims' | 'reversals' | 'payments'; reason: string; line: number }>;

type Line = Readonly<{ id: string; dueSeq: number; cents: number; custodyAccountId: string | undefined }>;
type Statement = Readonly<{
  id: string; payeeId: string; custodyAccountId: string | undefined; upToSeq: number; lines: number; grossCents: number; line: number;
}>;
type Payment = { statementIds: readonly string[]; cents: number; isLive: boolean; line: number };
/** Only what is read here; the contract judged the rest. */
type Body = Readonly<{
  redemptionId: string; claimLineId: string; placeId: string; payeeId: string; statementId: string; debitNoteId: string;
  paymentId: string; incidentId: string; custodyAccountId?: string;
  amountCents: number; grossCents: number; netCents: number; upToSeq: number; dueSeq: number; lines: number; setOffCents?: number;
  statementIds?: readonly string[]; purpose: string;
  transfers: readonly Readonly<{ line: number; amountCents: number; reverses: Readonly<{ eventId: string; line: number }> | null }>[];
}>;

export class ClaimSums {
  private readonly lines = new Map<string, Line>();
  private readonly ofPlace = new Map<string, Line[]>();
  private readonly placesOf = new Map<string, Set<string>>();
  private readonly statements: Statement[] = [];
  private readonly toPay = new Map<string, number>();
  private readonly payments = new Map<string, Payment>();
  private readonly held = new Map<string, number>();
  /** Of lines that were held, undone or rejected: the number from which on they are due, if they are. It may be told before the line. */
  private readonly dueLater = new Map<string, number | null>();
  private readonly undone = new Set<string>();
  /** Of postings without an event of their own: what is left of each transfer to be reversed. */
  private readonly posted = new Map<string, number>();
  /** Statements of which every line is told, and those of which not. */
  readonly judged = { whole: 0, notTold: 0 };

  add({ id, type, seq, body: told }: LoggedEvent, line: number): ClaimFault[] {
    const body = told as Body;
    switch (type) {
      case 'payee.validated.v1': this.placesOf.set(body.payeeId, (this.placesOf.get(body.payeeId) ?? new Set()).add(body.placeId)); return [];
      case 'voucher.redeemed.v1': this.claim(body.redemptionId, body, seq, body.amountCents); return [];
      case 'redemption.undone.v1': return this.undo(body, line);
      case 'incident.posted.v1': this.claim(body.incidentId, body, body.dueSeq, -body.amountCents); return [];
      case 'claim_line.held.v1': return this.hold(body, line, body.amountCents);
      case 'claim_line.released.v1': case 'claim_line.rejected.v1': return this.hold(body, line, -body.amountCents, type === 'claim_line.released.v1' ? body.dueSeq : null);
      case 'statement.closed.v1': case 'debit_note.issued.v1': this.close(body, line); return [];
      case 'payment.booked.v1': case 'payment.transferred.v1': this.pay(body, line); return [];
      case 'payment.returned.v1': case 'payment.transfer_reversed.v1': this.comeBack(body); return [];
      case 'ledger.posted.v1': return this.reverse(id, body, line);
      default: return [];
    }
  }

  /** A line may be told before its payee is, and a payment before its statement: only the end can be judged. */
  end(): ClaimFault[] {
    return [...this.statements.flatMap((statement) => this.sumOf(statement)), ...this.overpaid()];
  }

  private claim(id: string, { placeId, custodyAccountId }: Body, dueSeq: number, cents: number): void {
    const line = { id, dueSeq, cents, custodyAccountId };
    this.lines.set(id, line);
    const own = this.ofPlace.get(placeId);
    if (own) own.push(line);
    else this.ofPlace.set(placeId, [line]);
  }

  private undo({ redemptionId, amountCents }: Body, line: number): ClaimFault[] {
    const original = this.lines.get(redemptionId);
    const wrong = !original ? 'was never told' : this.undone.has(redemptionId) ? 'was undone before' : original.cents !== amountCents ? `was of ${original.cents} cents` : undefined;
    this.undone.add(redemptionId);
    this.dueLater.set(redemptionId, null);
    return wrong ? [{ check: 'reversals', line, reason: `${amountCents} cents of redemption ${redemptionId} are undone, which ${wrong}` }] : [];
  }

  private hold({ claimLineId, redemptionId }: Body, line: number, cents: number, dueSeq: number | null = null): ClaimFault[] {
    const left = (this.held.get(claimLineId) ?? 0) + cents;
    this.held.set(claimLineId, left);
    this.dueLater.set(redemptionId, dueSeq);
    return left < 0 ? [{ check: 'reversals', line, reason: `more is released or rejected of claim line ${claimLineId} than was held` }] : [];
  }

  private reverse(id: string, { transfers }: Body, line: number): ClaimFault[] {
    return transfers.flatMap(({ line: at, amountCents, reverses }): ClaimFault[] => {
      this.posted.set(`${id} ${at}`, amountCents);
      const name = reverses ? `${reverses.eventId} ${reverses.line}` : '';
      const left = this.posted.get(name);
      if (left === undefined) return [];
      this.posted.set(name, left - amountCents);
      return amountCents <= left ? [] : [{ check: 'reversals', line, reason: `${amountCents} cents of posting ${name} are reversed, of which ${left} are left` }];
    });
  }

  private close(body: Body, line: number): void {
    const { statementId, debitNoteId, payeeId, custodyAccountId, upToSeq, lines, grossCents, netCents, setOffCents = 0 } = body;
    const id = statementId ?? debitNoteId;
    this.statements.push({ id, payeeId, custodyAccountId, upToSeq, lines, grossCents, line });
    if (statementId) this.toPay.set(statementId, netCents - setOffCents);
  }

  /** Where audit was not told all places of a payee, or of a line that came otherwise, the count betrays it: then the sum is not judged. */
  private sumOf(statement: Statement): ClaimFault[] {
    const { id, payeeId, custodyAccountId, upToSeq, lines, grossCents, line } = statement;
    const own = this.statements.filter((other) =>
      other.payeeId === payeeId && other.upToSeq < upToSeq && other.custodyAccountId === custodyAccountId);
    const from = Math.max(0, ...own.map((other) => other.upToSeq));
    const found = [...this.placesOf.get(payeeId) ?? []].flatMap((placeId) => this.ofPlace.get(placeId) ?? [])
      .filter((one) => custodyAccountId === undefined || one.custodyAccountId === custodyAccountId)
      .filter((one) => this.isDueIn(one, from, upToSeq));
    if (found.length !== lines) {
      this.judged.notTold += 1;
      return [];
    }
    this.judged.whole += 1;
    const sum = found.reduce((total, { cents }) => total + cents, 0);
    return sum === grossCents ? [] : [{ check: 'claims', line, reason: `statement ${id} says ${grossCents} cents, and its ${lines} lines ${sum}` }];
  }

  private isDueIn({ id, dueSeq }: Line, from: number, upToSeq: number): boolean {
    const due = this.dueLater.has(id) ? this.dueLater.get(id)! : dueSeq;
    return due !== null && due > from && due <= upToSeq;
  }

  private pay({ paymentId, purpose, amountCents, statementIds = [] }: Body, line: number): void {
    if (purpose === 'place') this.payments.set(paymentId, { statementIds, cents: amountCents, isLive: this.payments.get(paymentId)?.isLive ?? true, line });
  }

  private comeBack({ paymentId, amountCents }: Body): void {
    const payment = this.payments.get(paymentId);
    if (payment) payment.isLive = false;
    else this.payments.set(paymentId, { statementIds: [], cents: amountCents, isLive: false, line: 0 });
  }

  private overpaid(): ClaimFault[] {
    const paidBy = new Map<string, string>();
    return [...this.payments].flatMap(([id, { statementIds, cents, isLive, line }]): ClaimFault[] => {
      const isTold = statementIds.length > 0 && statementIds.every((statementId) => this.toPay.has(statementId));
      if (!isLive || !isTold) return [];
      const twice = statementIds.find((statementId) => paidBy.has(statementId));
      if (twice) return [{ check: 'payments', line, reason: `statement ${twice} is paid by ${paidBy.get(twice)} and by ${id}` }];
      for (const statementId of statementIds) paidBy.set(statementId, id);
      const owed = statementIds.reduce((total, statementId) => total + this.toPay.get(statementId)!, 0);
      return cents > owed ? [{ check: 'payments', line, reason: `payment ${id} is of ${cents} cents, and its statements of ${owed}` }] : [];
    });
  }
}
