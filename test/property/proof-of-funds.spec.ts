// Proof of funds over random histories, without a database: the rules of three services post into three ledgers in memory,
// guarded as the database guards them. Whatever is asked in whatever order, the bank covers every debt to the cent, and
// once all cover is active, one cent more is refused.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideActivation } from '../../apps/issuance/src/activate-range/activate-range.decision.js';
import { decideGiveBack } from '../../apps/issuance/src/give-back-credit/give-back-credit.decision.js';
import { decideMatch } from '../../apps/issuance/src/match-receipt/match-receipt.decision.js';
import { coverageOf, LEDGERS, type LedgerName } from '../../apps/audit/src/state-coverage/coverage.decision.js';
import { decideStatement } from '../../apps/settlement/src/statement-closings/statement.decision.js';
import { cents, idOf, isRejected, localDate, ZERO, type Cents } from '#libs/kernel';
import { accounts, CHART, kindOf, transfer, type Account, type Posting } from '#libs/ledger';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const CUSTODY = uuid('aa');
const [PROGRAMME, PAYER, BATCH, PAYEE, PAYMENT, BANK_LINE, ORDER, BANK] = [
  idOf('programme', uuid('1')), idOf('payer', uuid('2')), idOf('batch', uuid('3')), idOf('payee', uuid('4')), idOf('payment', uuid('5')),
  idOf('bankLine', uuid('6')), idOf('order', uuid('7')), idOf('bankAccount', CUSTODY),
];
const FACE = cents(10);
const VOUCHERS = 1_000;
const TOTAL = cents(BigInt(VOUCHERS) * FACE);
const { issuance: I, redemption: R, settlement: S, clearing } = accounts;

/** Throws where a debt that the database guards would fall below zero. */
class Ledgers {
  readonly balances = new Map<string, bigint>();

  post(ledger: LedgerName, { transfers }: Pick<Posting, 'transfers'>): void {
    for (const { debit, credit, amount } of transfers) {
      this.#add(ledger, credit, -amount);
      this.#add(ledger, debit, amount);
      const guarded = CHART.some((entry) => entry.ledger === ledger && entry.kind === kindOf(debit) && entry.guarded);
      if (guarded && this.owed(ledger, debit) < 0n) throw new Error(`${debit} below zero`);
    }
  }

  move(ledger: LedgerName, debit: Account, credit: Account, amount: Cents): void {
    this.post(ledger, { transfers: [transfer(debit, credit, amount)] });
  }

  owed(ledger: LedgerName, account: Account): Cents {
    return cents(0n - (this.balances.get(`${ledger} ${account}`) ?? 0n));
  }

  #add(ledger: LedgerName, account: Account, amount: bigint): void {
    const key = `${ledger} ${account}`;
    this.balances.set(key, (this.balances.get(key) ?? 0n) + amount);
  }

  /** As the public statement of the day would say it. */
  coverage() {
    const bank = Number(this.balances.get(`settlement ${S.bank(BANK)}`) ?? 0n);
    return coverageOf(LEDGERS.map((ledger) => ({
      ledger, eventId: uuid('e'), totals: {
        number: 1, day: '2026-03-02', final: true, cutAt: '2026-03-02T23:00:00.000Z', currency: 'EUR' as const,
        lines: [...this.balances].filter(([key]) => key.startsWith(`${ledger} `)).map(([key, amount]) => ({
          custodyAccountId: CUSTODY, programmeId: null, amountCents: Number(amount),
          account: kindOf(key.slice(ledger.length + 1)) === 'bank' ? key.slice(ledger.length + 1) : kindOf(key.slice(ledger.length + 1)),
        })),
        stated: ledger !== 'settlement' ? [] : [{
          custodyAccountId: CUSTODY, kind: 'bank' as const, statedOn: null, statedCents: bank, countedCents: bank, ledgerCents: bank, differences: [], unaccountedCents: 0,
        }],
      },
    }))).custodyAccounts[0];
  }
}

/** One order of one payer, and the operations that move its money; each answers whether it was done. */
class Scheme {
  readonly ledgers = new Ledgers();
  funded = ZERO;
  activated = 0;

  fund(amount: Cents): boolean {
    this.ledgers.move('settlement', S.bank(BANK), clearing('issuance'), amount);
    this.ledgers.move('issuance', clearing('settlement'), I.unmatched, amount);
    const share = { payerId: PAYER, reference: 'R', amount: TOTAL, funded: this.funded, feeDue: ZERO };
    const order = { orderId: ORDER, custodyAccountId: CUSTODY, isCancelled: false, shares: [share] };
    for (const part of decideMatch({ custodyAccountId: CUSTODY, left: amount, references: ['R'] }, [order]).parts) {
      this.ledgers.move('issuance', I.unmatched, I.prefund(PROGRAMME, PAYER), part.amount);
      this.funded = cents(this.funded + part.amount);
    }
    return true;
  }

  activate(count: number): boolean {
    const decided = decideActivation({
      batchId: BATCH, programmeId: PROGRAMME, custodyAccountId: CUSTODY, count: VOUCHERS, bookletSize: 10, face: FACE,
      loaded: true, isReplacement: false,
      isCancelled: false, usableUntil: localDate('2027-01-01'),
      order: { total: TOTAL, activated: cents(BigInt(this.activated) * FACE), sharing: 'pro_rata', shares: [{ payerId: PAYER, amount: TOTAL }] },
    }, { first: this.activated, last: this.activated + count - 1 }, {
      today: localDate('2026-03-02'), overlap: undefined, unusable: undefined, unreceived: undefined,
      available: new Map([[PAYER, this.ledgers.owed('issuance', I.prefund(PROGRAMME, PAYER))]]),
    });
    if (isRejected(decided)) return false;
    this.ledgers.post('issuance', decided.posting);
    this.ledgers.move('redemption', clearing('issuance'), R.outstanding(BATCH), decided.amount);
    this.activated += count;
    return true;
  }

  redeem(wanted: Cents): boolean {
    const amount = least(wanted, this.ledgers.owed('redemption', R.outstanding(BATCH)));
    if (amount === ZERO) return false;
    this.ledgers.move('redemption', R.outstanding(BATCH), clearing('settlement'), amount);
    this.ledgers.move('settlement', clearing('redemption'), S.accrued(PAYEE), amount);
    return true;
  }

  /** Closed, released and debited: the bank has so much less. */
  settle(): boolean {
    const gross = this.ledgers.owed('settlement', S.accrued(PAYEE));
    const rates = { feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100 };
    const group = { programmeId: PROGRAMME, feeRuleVersion: 1, lineCount: 1, gross, rates };
    const statement = decideStatement({ payeeId: PAYEE, custodyAccountId: CUSTODY, groups: [group] }, 'general');
    if (statement.kind === 'carried') return false;
    this.ledgers.post('settlement', statement.posting);
    this.#pay(S.payable(PAYEE));
    return true;
  }

  refund(wanted: Cents): boolean {
    const amount = least(wanted, this.ledgers.owed('issuance', I.prefund(PROGRAMME, PAYER)));
    if (amount === ZERO) return false;
    this.ledgers.move('issuance', I.prefund(PROGRAMME, PAYER), I.refundDue(PAYER), amount);
    this.ledgers.move('issuance', I.refundDue(PAYER), clearing('settlement'), amount);
    this.ledgers.move('settlement', clearing('issuance'), S.refundPayable(PAYER), amount);
    this.#pay(S.refundPayable(PAYER));
    return true;
  }

  giveBack(): boolean {
    const decided = decideGiveBack({ custodyAccountId: CUSTODY, left: this.ledgers.owed('issuance', I.unmatched) });
    if (isRejected(decided)) return false;
    this.ledgers.post('issuance', decided.posting);
    this.ledgers.move('settlement', clearing('issuance'), S.refundPayableToSender(BANK_LINE), decided.amount);
    this.#pay(S.refundPayableToSender(BANK_LINE));
    return true;
  }

  #pay(from: Account): void {
    const amount = this.ledgers.owed('settlement', from);
    this.ledgers.move('settlement', from, S.transit(PAYMENT), amount);
    this.ledgers.move('settlement', S.transit(PAYMENT), S.bank(BANK), amount);
  }
}
const least = (a: Cents, b: Cents): Cents => (a < b ? a : b);

const some = fc.integer({ min: 1, max: 3_000 });
const operation = fc.oneof(
  some.map((amount) => (scheme: Scheme) => scheme.fund(cents(amount))),
  fc.integer({ min: 1, max: 200 })
    .map((count) => (scheme: Scheme) => (scheme.activated + count > VOUCHERS ? false : scheme.activate(count))),
  some.map((amount) => (scheme: Scheme) => scheme.redeem(cents(amount))),
  fc.constant((scheme: Scheme) => scheme.settle()),
  some.map((amount) => (scheme: Scheme) => scheme.refund(cents(amount))),
  fc.constant((scheme: Scheme) => scheme.giveBack()),
);

describe('proof of funds', () => {
  it('holds after every step of any history: the bank has what is owed and what the operator earned, to the cent', () => {
    fc.assert(fc.property(fc.array(operation, { maxLength: 60 }), (history) => {
      const scheme = new Scheme();
      for (const step of history) {
        step(scheme);
        const said = scheme.ledgers.coverage();
        if (!said) continue;
        const earned = Number(scheme.ledgers.owed('settlement', S.feeIncome) + scheme.ledgers.owed('settlement', S.vatCollected));
        expect(said).toMatchObject({ underWayCents: 0, gapCents: 0, surplusCents: earned, state: 'covered' });
      }
      // All that is left becomes active; then not one voucher more, whatever the bank holds.
      const left = scheme.ledgers.owed('issuance', I.prefund(PROGRAMME, PAYER));
      const count = Number(left / FACE);
      if (count > 0) expect(scheme.activate(count)).toBe(true);
      if (scheme.activated < VOUCHERS) expect(scheme.activate(1)).toBe(false);
    }), { numRuns: 200 });
  });

  it('refuses one voucher more after 100 was paid, activated, redeemed and settled, though the bank still holds fees', () => {
    const scheme = new Scheme();
    scheme.fund(cents(100));
    expect([scheme.activate(10), scheme.redeem(cents(100)), scheme.settle()]).toEqual([true, true, true]);
    expect(scheme.ledgers.owed('settlement', S.bank(BANK))).toBeLessThan(0n);
    expect(scheme.activate(1)).toBe(false);
    scheme.fund(cents(9));
    expect(scheme.activate(1)).toBe(false);
    scheme.fund(cents(1));
    expect(scheme.activate(1)).toBe(true);
  });
});
