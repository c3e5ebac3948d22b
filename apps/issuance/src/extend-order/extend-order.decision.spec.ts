import { describe, expect, it } from '@jest/globals';
import { idOf, localDate } from '#libs/kernel';
import { decideAgreement, decideProposal, type AskedAgreement, type ExtendableOrder } from './extend-order.decision.js';

const [a, b, stranger] = [1, 2, 3].map((last) => idOf('payer', `01900000-0000-7000-8000-00000000000${last}`)) as [never, never, never];
const dates = (usableUntil: string, claimableUntil: string) =>
  ({ usableUntil: localDate(usableUntil), claimableUntil: localDate(claimableUntil) });
const order: ExtendableOrder = { ...dates('2026-12-31', '2027-01-31'), shares: [{ payerId: a }, { payerId: b }] };
const asked = dates('2027-06-30', '2027-07-31');
const [LAST_DAY, AFTER] = [localDate('2026-12-31'), localDate('2027-01-01')];

describe('a proposal to extend', () => {
  it.each<[string, ExtendableOrder | undefined, typeof asked, typeof LAST_DAY, string | undefined]>([
    ['is made up to the last day of use', order, asked, LAST_DAY, undefined],
    ['is not made after it', order, asked, AFTER, 'extension_by_statement'],
    ['needs an order', undefined, asked, LAST_DAY, 'order_not_found'],
    ['adds days', order, dates('2026-12-31', '2027-07-31'), LAST_DAY, 'extension_not_later'],
    ['may keep the last day of claims', order, dates('2027-01-31', '2027-01-31'), LAST_DAY, undefined],
    ['takes no day of claims away', order, dates('2027-01-30', '2027-01-30'), LAST_DAY, 'extension_not_later'],
  ])('%s', (_, given, wanted, today, code) => {
    expect(decideProposal(given, wanted, today)?.code).toBe(code);
  });
});

describe('an agreement', () => {
  const proposal: AskedAgreement = { dates: asked, agreed: [], inForce: false };
  it.each<[string, ExtendableOrder | undefined, AskedAgreement | undefined, typeof a, object]>([
    ['counts towards those needed', order, proposal, a, { agreements: 1, agreementsNeeded: 2, last: false }],
    ['of the last payer puts it in force', order, { ...proposal, agreed: [a] }, b, { agreements: 2, last: true }],
    ['is given once', order, { ...proposal, agreed: [a] }, a, { code: 'extension_agreed' }],
    ['is of no use once it is in force', order, { ...proposal, agreed: [a, b], inForce: true }, a, { code: 'extension_agreed' }],
    ['of somebody else\'s order does not exist', order, proposal, stranger, { code: 'extension_not_found' }],
    ['needs a proposal', undefined, undefined, a, { code: 'extension_not_found' }],
    ['comes too late where another extension came first', { ...order, ...asked }, proposal, a, { code: 'extension_not_later' }],
  ])('%s', (_, given, wanted, payerId, expected) => {
    expect(decideAgreement(given, wanted, { payerId, today: LAST_DAY })).toMatchObject(expected);
  });
});
