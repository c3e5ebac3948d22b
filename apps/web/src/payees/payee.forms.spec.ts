// What one approves is what one read: a version that came since finds no form.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, OPERATOR_IDS, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator', 'approver']);
});

const PATH = `/payees/${OPERATOR_IDS.payee}`;
const ACCOUNTS = `GET /settlement/payees/${OPERATOR_IDS.payee}/bank-accounts`;

describe('the approval of an account', () => {
  it('says that the place entered it, asks for a reason where the holder differs, and is of that version only', async () => {
    const page = await get(PATH, { 'accept-language': 'en' });
    expect(text(page.body)).toContain('Entered by the place itself');
    const [, shown] = /action="(\/payees\/[^"]+\/approve-account-[^"]+)"/.exec(page.body)!;
    expect(page.body).toContain('Without a right answer of the bank: why is it the right account?');
    const [status, body] = answers[ACCOUNTS] as [number, { items: { bankAccountId: string }[] }];
    answers[ACCOUNTS] = [status, { ...body, items: body.items.map((one) => ({ ...one, bankAccountId: `pba_${uuid(99)}` })) }];
    const late = await post(shown!, { key: uuid(50), reason: 'seen' }, { 'accept-language': 'en' });
    expect(late.statusCode).toBe(409);
    expect(asked.filter(({ route }) => route.startsWith('POST /settlement/payee-bank-accounts'))).toEqual([]);
  });
});
