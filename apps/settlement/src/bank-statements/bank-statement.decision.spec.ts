import { describe, expect, it } from '@jest/globals';
import { cents, localDate, type BankAccountId } from '#libs/kernel';
import { decideBankStatement, type AskedStatement, type StatementHistory } from './bank-statement.decision.js';

const ACCOUNT = 'account' as BankAccountId;
const asked = (over: Partial<AskedStatement> = {}): AskedStatement => ({
  statementRef: 'S-7', format: 'camt.053', credits: cents(250), debits: cents(0), iban: 'FR76…', currencies: ['EUR'], balance: 'adds_up', opening: cents(100), closing: cents(350),
  closedOn: localDate('2026-03-02'), contentSha256: 'a', ...over,
});
const history = (over: Partial<StatementHistory> = {}): StatementHistory =>
  ({ bankAccountId: ACCOUNT, same: undefined, twin: undefined, last: undefined, ...over });
const last = (closing: number) => ({ ordinal: 6, closing: cents(closing), closedOn: localDate('2026-03-01') });

describe('a bank statement', () => {
  it.each<[string, Partial<AskedStatement>, Partial<StatementHistory>, object]>([
    ['is the first of its account', {}, {}, { kind: 'new', ordinal: 1 }],
    ['carries on from the last one', {}, { last: last(100) }, { kind: 'new', ordinal: 7 }],
    ['changes nothing when it comes again', {}, { same: { id: 'st', contentSha256: 'a' }, last: last(350) }, { kind: 'known', id: 'st' }],
    ['is refused when its id comes again with other content', {}, { same: { id: 'st', contentSha256: 'b' } }, { code: 'bank_statement_id_reused' }],
    ['changes nothing when another format told it before', { format: 'cfonb120' }, { twin: { id: 'tw' }, last: last(350) }, { kind: 'known', id: 'tw' }],
    ['is refused when one before it is missing', {}, { last: last(99) }, { code: 'bank_statement_gap' }],
    ['is refused when its lines come again under another id', { statementRef: 'S-8' }, { last: last(350) }, { code: 'bank_statement_gap' }],
    ['is refused when it is of a foreign account', {}, { bankAccountId: undefined }, { code: 'bank_account_foreign' }],
    ['is refused when one line is in another currency', { currencies: ['EUR', 'CHF'] }, {}, { code: 'currency_unsupported' }],
    ['is refused when its balances do not add up', { balance: 'differs' }, {}, { code: 'balances_do_not_add_up' }],
    ['is refused when a balance is missing', { balance: 'cannot_tell', opening: undefined }, {}, { code: 'balances_do_not_add_up' }],
    ['names the foreign account first', { currencies: ['CHF'], balance: 'differs' }, { bankAccountId: undefined }, { code: 'bank_account_foreign' }],
  ])('%s', (_name, over, past, expected) => {
    expect(decideBankStatement(asked(over), history(past))).toMatchObject(expected);
  });
});
