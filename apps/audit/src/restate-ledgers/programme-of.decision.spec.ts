import { describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import type { RestatedTransfer } from '#libs/restated-ledger';
import { programmeOf } from './programme-of.decision.js';

const known = { byBatch: new Map([['batch', 'theirs']]), byOrder: new Map([['order', 'theirs']]) };
const transfer = (debit: [string, string?], credit: [string, string?], about: RestatedTransfer['about'] = {}, ledger: RestatedTransfer['ledger'] = 'issuance'): RestatedTransfer => ({
  eventId: 'event', ledger, rule: '6', amount: cents(1), currency: 'EUR', custodyAccountId: null, about,
  debit: { kind: debit[0], key: debit[1] ?? null }, credit: { kind: credit[0], key: credit[1] ?? null },
});

describe('a restated transfer', () => {
  it.each<[string, RestatedTransfer, string]>([
    ['is of the programme in the name of its cover', transfer(['prefund', 'mine:payer'], ['refund_due', 'payer']), 'mine'],
    ['is of the programme that its message names', transfer(['unmatched'], ['prefund'], { programmeId: 'mine', orderId: 'order' }), 'mine'],
    ['is of the programme of its batch', transfer(['prefund'], ['clearing', 'redemption'], { batchId: 'batch' }), 'theirs'],
    ['is of the programme of the batch in the name of its account', transfer(['outstanding', 'batch'], ['clearing', 'issuance'], {}, 'redemption'), 'theirs'],
    ['waits for a batch that nobody has told', transfer(['prefund'], ['clearing', 'redemption'], { batchId: 'other' }), 'untold'],
    ['is of the programme of its order', transfer(['expired', 'order'], ['refund_due'], {}), 'theirs'],
    ['of an order without a batch is of none', transfer(['expired', 'other'], ['refund_due'], {}), ''],
    ['that is of no programme is of none, whatever its message names', transfer(['receivable'], ['fee_income'], { batchId: 'batch' }), ''],
    ['of settlement is of none: statements mix programmes', transfer(['accrued'], ['held'], { programmeId: 'mine' }, 'settlement'), ''],
  ])('%s', (_, given, expected) => expect(programmeOf(given, known)).toBe(expected));
});
