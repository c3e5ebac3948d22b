// Row 30, our half. The payer of a payment that Stripe took back owes it. What of it has not been used yet is taken back at once,
// so that nobody activates vouchers from money that is not there: the debt is only what is gone. Where the dispute is won,
// what was taken back becomes cover again, as far as the share still asks for it.
import { accounts, transferIfAny, transfer, type Posting, type Transfer } from '#libs/ledger';
import { minus, plus, ZERO, type Cents, type PayerId, type ProgrammeId } from '#libs/kernel';

type Party = Readonly<{ custodyAccountId: string; programmeId: ProgrammeId; payerId: PayerId }>;

/** What the payment became, and what of that is still there. */
export type TakenPayment = Party & Readonly<{
  cover: Cents;
  excess: Cents;
  /** Of the payer's share of this order: what was paid for it and not given back, and what of it vouchers were activated from. */
  funded: Cents;
  activated: Cents;
  /** The payer's cover of the programme: other orders draw on it too. */
  available: Cents;
  /** In all, of whomever. */
  unmatched: Cents;
}>;
/** `rest`: what had not been used pays the debt, by a posting of its own, for the message of the dispute does not tell how much. */
export type TakenBack = Readonly<{ cover: Cents; excess: Cents; posting: Posting; rest: Posting | undefined }>;

/** `won`: that was told before the dispute itself. Then nothing is taken back: it came again. */
export function decideDispute(payment: TakenPayment, amount: Cents, won: boolean): TakenBack {
  const excess = won ? ZERO : least(amount, payment.excess, payment.unmatched);
  const unused = payment.funded > payment.activated ? minus(payment.funded, payment.activated) : ZERO;
  const cover = won ? ZERO : least(minus(amount, excess), payment.cover, unused, payment.available);
  const { custodyAccountId, programmeId, payerId } = payment;
  const owed = accounts.issuance.receivable(payerId);
  return {
    cover, excess,
    posting: { rule: '30', custodyAccountId, transfers: [transfer(owed, accounts.clearing('settlement'), amount)] },
    rest: restOf(custodyAccountId, [
      ...transferIfAny(accounts.issuance.unmatched, owed, excess),
      ...transferIfAny(accounts.issuance.prefund(programmeId, payerId), owed, cover),
    ]),
  };
}

/** `due` is what the share still asks; `takenBack` is zero where the dispute is not known yet. */
export type WonDispute = Party & Readonly<{ due: Cents; takenBack: Cents }>;
export type GivenAgain = TakenBack;

export function decideWonDispute(dispute: WonDispute, amount: Cents): GivenAgain {
  const again = least(amount, dispute.takenBack);
  const cover = least(again, dispute.due);
  const excess = minus(again, cover);
  const { custodyAccountId, programmeId, payerId } = dispute;
  const owed = accounts.issuance.receivable(payerId);
  return {
    cover, excess,
    posting: { rule: '30', custodyAccountId, transfers: [transfer(accounts.clearing('settlement'), owed, amount)] },
    rest: restOf(custodyAccountId, [
      ...transferIfAny(owed, accounts.issuance.prefund(programmeId, payerId), cover),
      ...transferIfAny(owed, accounts.issuance.unmatched, excess),
    ]),
  };
}

const restOf = (custodyAccountId: string, transfers: readonly Transfer[]): Posting | undefined =>
  (transfers.length === 0 ? undefined : { rule: '30', custodyAccountId, transfers });

/** What a payer still owes of its disputed payments of an order. */
export type Debt = Readonly<{ disputed: Cents; takenBack: Cents; wonBack: Cents; givenAgain: Cents; expired: Cents }>;

export function owedOf({ disputed, takenBack, wonBack, givenAgain, expired }: Debt): Cents {
  const [owed, paid] = [plus(disputed, givenAgain), plus(plus(takenBack, wonBack), expired)];
  return owed > paid ? minus(owed, paid) : ZERO;
}

const least = (...amounts: readonly Cents[]): Cents => amounts.reduce((a, b) => (a < b ? a : b));
