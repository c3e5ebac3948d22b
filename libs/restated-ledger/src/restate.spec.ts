// Each contract against what it says of itself: rows, ledgers, and both halves of what crosses.
import { describe, expect, it } from '@jest/globals';
import { MESSAGES, type Contract, type Service } from '#libs/contracts';
import { cents } from '#libs/kernel';
import { CHART } from '#libs/ledger';
import { MESSAGE_RULES, MOVES_NOTHING, restate, sidesOf, type RestatedTransfer } from './index.js';

const ID = '01900000-0000-7000-8000-0000000000e1';
const senderOf = ({ from }: Contract): Service => (from === 'each' ? 'settlement' : from);
const restated = (contract: Contract, over: object = {}) =>
  restate({ id: ID, type: contract.type, sender: senderOf(contract), body: { ...(contract.sample as object), ...over } });
const of = (type: string) => MESSAGES.find((contract) => contract.type === type)!;
const rows = (transfers: readonly RestatedTransfer[]) =>
  transfers.map(({ ledger, rule, debit, credit, amount }) => [ledger, rule, debit.kind, credit.kind, Number(amount)]);

describe('every contract', () => {
  it('has a decision, and nothing else has', () => {
    expect(Object.keys(MESSAGE_RULES).sort()).toEqual(MESSAGES.map(({ type }) => type).sort());
  });

  it.each(MESSAGES.map((contract) => [contract.type, contract] as const))('%s moves by the rows that it names', (type, contract) => {
    const named = Object.entries(contract.postings).map(([ledger, rule]) => `${ledger} ${rule}`).sort();
    const moved = restated(contract, type === 'credit_note.issued.v1' ? { feeCents: 100, vatCents: 20 } : {});
    if (type === 'ledger.posted.v1') return expect(rows(moved)).toEqual([['settlement', '18', 'bank_fees', 'bank', 120]]);
    expect(MESSAGE_RULES[type as keyof typeof MESSAGE_RULES] === MOVES_NOTHING).toBe(named.length === 0);
    expect([...new Set(moved.map(({ ledger, rule }) => `${ledger} ${rule}`))].sort()).toEqual(named);
  });

  it.each(MESSAGES.map((contract) => [contract.type, contract] as const))('%s names accounts of the ledger only, and what crosses meets', (_, contract) => {
    const between = new Map<string, bigint>();
    for (const transfer of restated(contract)) {
      expect(transfer.eventId).toBe(ID);
      for (const { kind, key, amountCents } of sidesOf(transfer)) {
        expect(CHART.some((entry) => entry.ledger === transfer.ledger && entry.kind === kind)).toBe(true);
        if (kind !== 'clearing') continue;
        const pair = [transfer.ledger, key!].sort().join('-');
        between.set(pair, (between.get(pair) ?? 0n) + amountCents);
      }
    }
    expect([...between.values()].filter((amount) => amount !== 0n)).toEqual([]);
  });
});

describe('a message of a type that nobody knows', () => {
  it('is no silence', () => {
    expect(() => restate({ id: ID, type: 'gift.made.v1', sender: 'issuance', body: {} })).toThrow('nobody decided what gift.made.v1 moves');
    expect(() => restate({ id: ID, type: 'toString', sender: 'issuance', body: {} })).toThrow('nobody decided');
  });
});

describe('what a message moves', () => {
  it.each<[string, string, object, ReturnType<typeof rows>]>([
    ['a credit that a person identified leaves bank_unknown', 'bank_credit.booked.v1', { wasUnknown: true },
      [['settlement', '2', 'bank_unknown', 'clearing', 10000], ['issuance', '2', 'clearing', 'unmatched', 10000]]],
    ['a commons share goes to the pools that its rules name', 'statement.closed.v1',
      { commonsShares: [{ programmeId: ID, sharingRuleVersion: 1, localCents: 6, nationalCents: 4 }] },
      [['settlement', '12', 'accrued', 'payable', 966], ['settlement', '12', 'accrued', 'fee_income', 20], ['settlement', '12', 'accrued', 'vat_collected', 4],
        ['settlement', '12', 'accrued', 'commons', 4], ['settlement', '12', 'accrued', 'commons', 6]]],
    ['a gift comes of the bank', 'commons.contributed.v1', {}, [['settlement', '27', 'bank', 'commons', 5_000]]],
    ['a gift that a person identified leaves bank_unknown', 'commons.contributed.v1', { wasUnknown: true, pool: ID }, [['settlement', '27', 'bank_unknown', 'commons', 5_000]]],
    ['a receipt pays cover first, then what is owed', 'receipt.matched.v1', { feeCents: 480 },
      [['issuance', '3', 'unmatched', 'prefund', 9520], ['issuance', '3', 'unmatched', 'receivable', 480]]],
    ['a payment too large leaves the rest unmatched', 'payment.succeeded.v1', { coverCents: 3000, feeCents: 400 },
      [['issuance', '4', 'clearing', 'prefund', 3000], ['issuance', '4', 'clearing', 'receivable', 400], ['issuance', '4', 'clearing', 'unmatched', 600],
        ['settlement', '4', 'psp', 'clearing', 4000]]],
    ['a credit note takes what is unpaid from the receivable first, the fee before its VAT', 'credit_note.issued.v1', { feeCents: 400, vatCents: 80, coveredCents: 50 },
      [['issuance', '1', 'fee_income', 'receivable', 400], ['issuance', '1', 'vat_collected', 'receivable', 30], ['issuance', '1', 'vat_collected', 'prefund', 50]]],
    ['a credit note of a paid fee makes cover', 'credit_note.issued.v1', { feeCents: 400, vatCents: 80, coveredCents: 480 },
      [['issuance', '1', 'fee_income', 'prefund', 400], ['issuance', '1', 'vat_collected', 'prefund', 80]]],
    ['an extension before the end moves nothing', 'batch.extended.v1', { amountCents: 0 }, []],
    ['a lost dispute moves nothing', 'payment.dispute_closed.v1', { outcome: 'lost', amountCents: 0 }, []],
    ['a refund that never left moves nothing when it fails', 'payment.refund_failed.v1', { hadLeft: false }, []],
    ['a run of refunds is drawn on what is owed to payers', 'payment_file.released.v1', { purpose: 'refund' }, [['settlement', '14', 'refund_payable', 'transit', 1932]]],
    ['an agreement to roll over makes cover again', 'contradictory_statement.signed.v1', { outcome: 'roll_over' }, [['issuance', '23', 'expired', 'prefund', 8000]]],
    ['an agreement to extend moves nothing itself', 'contradictory_statement.signed.v1', { outcome: 'extension' }, []],
    ['what is owed is paid before the commons', 'contradictory_statement.signed.v1', { owedCents: 500 },
      [['issuance', '23', 'expired', 'receivable', 500], ['issuance', '23', 'expired', 'clearing', 7500], ['settlement', '23', 'clearing', 'commons', 7500]]],
    ['fees that come back go the other way round', 'place_fee.billed.v1', { feeCents: -20, vatCents: -4 },
      [['settlement', '13', 'fee_income', 'place_receivable', 20], ['settlement', '13', 'vat_collected', 'place_receivable', 4]]],
    ['a debit note gives back what its lines bore', 'debit_note.issued.v1', {},
      [['settlement', '20', 'place_receivable', 'accrued', 966], ['settlement', '20', 'fee_income', 'accrued', 20], ['settlement', '20', 'vat_collected', 'accrued', 4],
        ['settlement', '20', 'commons', 'accrued', 10]]],
    ['a debit note is set off against what is payable', 'debit_note.paid.v1', { bankLineId: undefined, statementId: ID }, [['settlement', '20', 'payable', 'place_receivable', 400]]],
    ['a debit note is paid by a credit that nobody could read', 'debit_note.paid.v1', { wasUnknown: true }, [['settlement', '20', 'bank_unknown', 'place_receivable', 400]]],
  ])('%s', (_, type, over, expected) => {
    expect(rows(restated(of(type), over))).toEqual(expected);
  });

  it('is told with the accounts that it names, and with whose they are', () => {
    const [cover] = restated(of('receipt.matched.v1'), { programmeId: ID, custodyAccountId: ID });
    expect(cover).toMatchObject({ credit: { kind: 'prefund', key: `${ID}:01900000-0000-7000-8000-000000000007` }, custodyAccountId: ID, amount: cents(10_000) });
    expect(restated(of('range.activated.v1'))[0]).toMatchObject({ debit: { kind: 'prefund', key: null }, custodyAccountId: null });
  });
});
