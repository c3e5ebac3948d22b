// Every route of settlement that lets money go, or changes where it goes, at the door: a token without a fresh code is turned away before
// anything of the request is looked at.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANNA, BERT, managerOf, SettlementWorld } from '../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

/** The guard knows a route by its shape alone. */
const ID = 'x';

describe('without a fresh code of a second factor', () => {
  it.each([
    ['a run is not approved', `settlement-runs/${ID}/approvals`, BERT],
    ['a run is not released', `settlement-runs/${ID}/release`, BERT],
    ['a stop of pay-outs is not lifted', `payout-stops/${ID}/lifting`, BERT],
    ['a hold is not released', `holds/${ID}/release`, BERT],
    ['a hold is not rejected, which gives its value to others', `holds/${ID}/reject`, BERT],
    ['a statement of a suspended place is not cleared', `statements/${ID}/clearances`, BERT],
    ['an incident is not validated', `incidents/${ID}/validate`, BERT],
    ['a debt is not given up', `debit-note-losses/${ID}/confirm`, BERT],
    ['nothing is voted out of the commons', `allocations/${ID}/voices`, BERT],
    ['a credit is not said to be anybody\'s money', `bank-lines/${ID}/identifications`, ANNA],
    ['nothing is paid early', 'early-payments', managerOf({ placeId: ID, siteId: ID, siret: ID })],
    ['no rule of early payment is published', 'early-payment-rules', ANNA],
    ['no sharing rule is proposed', 'sharing-rules', ANNA],
    ['no sharing rule is confirmed', 'sharing-rules/confirmations', BERT],
    ['no sharing rule is taken back', 'sharing-rules/withdrawals', BERT],
    ['a payee\'s bank account is not approved', `payee-bank-accounts/${ID}/approvals`, BERT],
    ['a place does not enter the account that it is paid on', 'own-account', managerOf({ placeId: ID, siteId: ID, siret: ID })],
    ['a payee\'s Stripe account is not approved', `payee-destinations/${ID}/approvals`, BERT],
    ['a shared IBAN is not approved', `iban-shares/${ID}/approvals`, BERT],
    ['no bank account of ours is opened', 'bank-accounts', ANNA],
    ['Stripe is not told where to pay out', 'stripe-accounts', ANNA],
    ['no fee is published', 'fee-rules', ANNA],
    ['no yearly charge is published', 'place-charge-rules', ANNA],
  ])('%s', async (_, path, person) => {
    const stale = { ...person, secondFactorTime: Math.floor(Date.now() / 1_000) - 601 };
    expect(await world.post(path, { as: stale })).toMatchObject({ status: 403, body: { code: 'second_factor_stale' } });
    expect((await world.post(path, { as: person })).body.code).not.toBe('second_factor_stale');
  });
});
