// Money that nobody could name, and a person who can (second half of row 2b).
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BankCreditBookedV1, orderReference } from '#libs/contracts';
import { cents } from '#libs/kernel';
import { fakeIban, mistyped } from '#libs/testing';
import { plain, SettlementWorld, shown } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

const PAYER = { name: 'COMMUNE DE VAL FLEURI', iban: fakeIban(77) };
const reference = orderReference('01900000-0000-7000-8000-000000000123');
/** A credit whose reference was typed wrong; answers its bank line. */
async function unknownCredit(amount: number): Promise<string> {
  world.bank.receive({ amountCents: cents(amount), from: PAYER, text: mistyped(reference) });
  expect(await world.bankDay()).toEqual({ unknown_credit: 1 });
  const { items } = (await world.get('bank-lines?kind=unknown_credit&limit=1')).body as unknown as { items: { bankLineId: string }[] };
  return items[0]!.bankLineId;
}
const identify = (bankLineId: string, body: object = { kind: 'payer_receipt' }) => world.post(`bank-lines/${bankLineId}/identifications`, { body });

describe('a credit with a mistyped reference', () => {
  it('is a payer\'s by a person\'s word, and goes to issuance with the reference that was meant (row 2)', async () => {
    const bankLineId = await unknownCredit(4_200);
    const printed = reference.toLowerCase().replace(/(.{4})/g, '$1 ');
    expect(await identify(bankLineId, { kind: 'payer_receipt', reference: printed })).toMatchObject({
      status: 201, body: { bankLineId, kind: 'payer_receipt', amountCents: 4_200 },
    });
    const event = (await world.emitted(BankCreditBookedV1)).at(-1)!;
    expect(event.body).toMatchObject({
      bankLineId: plain(bankLineId), custodyAccountId: world.bankAccountId, amountCents: 4_200, references: [reference], debtorMac: expect.stringMatching(/\./),
    });
    expect(await world.rows('select rule, debit, credit, amount::int from settlement.transfer where event_id = $1', [event.id]))
      .toEqual([{ rule: '2', debit: 'bank_unknown', credit: 'clearing:issuance', amount: 4_200 }]);
    expect(await world.balance('bank_unknown')).toBe(0);
    expect((await world.get('bank-lines?kind=unknown_credit&limit=1')).body).toMatchObject({ items: [{ bankLineId, identifiedAs: 'payer_receipt' }] });
  });

  it('without a reference is one that issuance lists for a match by hand', async () => {
    await identify(await unknownCredit(300));
    expect((await world.emitted(BankCreditBookedV1)).at(-1)!.body.references).toEqual([]);
  });

  it('is identified by one of two people at once', async () => {
    const bankLineId = await unknownCredit(500);
    const answers = await world.atOnce([() => identify(bankLineId), () => identify(bankLineId)]);
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'bank_line_identified']);
    expect(await world.balance('bank_unknown')).toBe(0);
  });
});

describe('what is not identified', () => {
  it('is a line that is not there, or that is known', async () => {
    expect((await identify(shown('bankLine', world.newId()))).body.code).toBe('bank_line_unknown');
    world.bank.charge(cents(100));
    await world.bankDay();
    const { items } = (await world.get('bank-lines?kind=bank_charge')).body as unknown as { items: { bankLineId: string }[] };
    expect((await identify(items[0]!.bankLineId)).body.code).toBe('bank_line_of_known_kind');
  });

  it.each([[{ kind: 'payer_receipt', reference: mistyped(reference) }], [{ kind: 'gift', programmeId: 'x' }], [{ kind: 'psp_payout' }], [{ kind: 'payer_receipt', name: 'X' }]])(
    'is asked in words that are not understood: %j', async (body) => {
      expect(await identify(shown('bankLine', world.newId()), body)).toMatchObject({ status: 400, body: { code: 'request_malformed' } });
    });
});
