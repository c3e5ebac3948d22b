// Money that anybody gives to a pool: by the pool's own reference, or by a person's word; in the pool to the cent, and out of it by nothing
// but a rule or a vote.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommonsContributedV1, giftReference, orderReference } from '#libs/contracts';
import { cents } from '#libs/kernel';
import { fakeIban, mistyped } from '#libs/testing';
import type { Principal } from '#libs/auth';
import { ANNA, BERT, plain, SettlementWorld, shown, ZOE } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
const GIVER = { name: 'FONDATION DES VALLEES', iban: fakeIban(77) };
const nobody = { ...ANNA, roles: [] } as unknown as Principal;
type Pool = Readonly<{
  programmeId: string | null; inCents: number; outCents: number; balanceCents: number;
  gift: { reference: string; accounts: { iban: string }[] };
}>;

beforeAll(async () => {
  world = await SettlementWorld.create();
  await world.sharingRule({
    programmeId: own(), from: '2026-04-03', operatorCapBasisPoints: 200, localBasisPoints: 6_000, deciders: [shown('user', BERT.userId), shown('user', ZOE.userId)],
  });
});
afterAll(() => world.close());

const own = () => shown('programme', world.programmeId);
const pools = async () => [await world.balance('commons:general'), await world.balance(`commons:${world.programmeId}`)] as const;
const account = async () => (await world.get('commons-pools', nobody)).body['items'] as Pool[];
/** As the bank tells it the next day; answers the line and what it was taken for. */
async function received(amountCents: number, text: string): Promise<{ bankLineId: string; kind: string; finding: string | null }> {
  world.bank.receive({ amountCents: cents(amountCents), from: GIVER, text });
  await world.bankDay();
  const { items } = (await world.get('bank-lines?side=credit&limit=1')).body as unknown as { items: { bankLineId: string; kind: string; finding: string | null }[] };
  return items[0]!;
}
const identify = (bankLineId: string, body: object) => world.post(`bank-lines/${bankLineId}/identifications`, { body });
const last = async () => (await world.emitted(CommonsContributedV1)).at(-1)!;

describe('a transfer with the reference of a pool', () => {
  it('is in that pool by itself, however it is typed, and its event names nobody', async () => {
    const [national, local] = await pools();
    const { bankLineId, kind } = await received(5_000, `don ${giftReference(world.programmeId).toLowerCase().replace(/(.{4})/g, '$1 ')} merci`);
    expect(kind).toBe('gift');
    expect(await pools()).toEqual([national, local + 5_000]);
    const { id, body } = await last();
    expect(body).toEqual({ pool: world.programmeId, custodyAccountId: world.bankAccountId, bankLineId: plain(bankLineId), amountCents: 5_000, currency: 'EUR' });
    expect(await world.rows('select rule, debit, credit, amount::int from settlement.transfer where event_id = $1', [id]))
      .toEqual([{ rule: '27', debit: `bank:${world.bankAccountId}`, credit: `commons:${world.programmeId}`, amount: 5_000 }]);
  });

  it('is in the national pool by the reference of that one', async () => {
    const [national, local] = await pools();
    expect((await received(70, giftReference(null))).kind).toBe('gift');
    expect(await pools()).toEqual([national + 70, local]);
  });

  it.each<[string, () => string, string]>([
    ['names no pool that there is', () => giftReference(world.newId()), 'pool_unknown'],
    ['names two', () => `${giftReference(null)} ${giftReference(world.programmeId)}`, 'pool_ambiguous'],
    ['names an order too', () => `${giftReference(null)} ${orderReference('01900000-0000-7000-8000-000000000123')}`, 'pool_ambiguous'],
    ['was typed wrong', () => mistyped(giftReference(null)), 'no_reference'],
  ])('waits for a person where it %s', async (_, text, finding) => {
    const before = await pools();
    expect(await received(10, text())).toMatchObject({ kind: 'unknown_credit', finding });
    expect(await pools()).toEqual(before);
  });

  it('is told on the public account, which gives the reference and the account to anybody, and never who gave', async () => {
    const items = await account();
    expect(items.map(({ gift }) => [gift.reference, gift.accounts.map(({ iban }) => iban)]))
      .toEqual([[giftReference(null), [fakeIban(1)]], [giftReference(world.programmeId), [fakeIban(1)]]]);
    const { text, body } = await world.get(`commons-pools/movements?programmeId=${own()}`, nobody);
    expect(body['items']).toMatchObject([{ kind: 'gift', postingRule: '27', amountCents: 5_000, balanceCents: 5_000, eventId: shown('event', (await world.emitted(CommonsContributedV1))[0]!.id) }]);
    expect(text).not.toContain(GIVER.name);
  });
});

describe('a credit that nobody could read', () => {
  it('is a gift by a person’s word, to the pool that the person names', async () => {
    const [national, local] = await pools();
    for (const [programmeId, pool] of [[null, 'general'], [own(), world.programmeId]] as const) {
      const { bankLineId } = await received(300, 'pour les communs');
      expect(await identify(bankLineId, { kind: 'gift', programmeId })).toMatchObject({ status: 201, body: { bankLineId, kind: 'gift', amountCents: 300 } });
      expect((await last()).body).toMatchObject({ pool, bankLineId: plain(bankLineId), wasUnknown: true });
    }
    expect(await pools()).toEqual([national + 300, local + 300]);
    expect((await world.get('bank-lines?kind=unknown_credit&limit=1')).body).toMatchObject({ items: [{ identifiedAs: 'gift', waits: 'no' }] });
  });

  it('is none to a pool that nobody decides about', async () => {
    const { bankLineId } = await received(300, 'pour les communs');
    expect((await identify(bankLineId, { kind: 'gift', programmeId: shown('programme', world.newId()) })).body.code).toBe('pool_unknown');
    expect((await identify(bankLineId, { kind: 'payer_receipt' })).status).toBe(201);
  });

  it('is one thing of two that two people say at once', async () => {
    const [national] = await pools();
    const { bankLineId } = await received(300, 'pour les communs');
    const answers = await world.atOnce([() => identify(bankLineId, { kind: 'gift' }), () => identify(bankLineId, { kind: 'payer_receipt' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const isGift = answers[0]!.status === 201;
    expect(await pools()).toMatchObject([national + (isGift ? 300 : 0), expect.anything()]);
  });
});

describe('a gift', () => {
  it('is not taken back, by whoever says later that it was something else', async () => {
    const byReference = await received(40, giftReference(null));
    const byWord = await received(40, 'pour les communs');
    await identify(byWord.bankLineId, { kind: 'gift' });
    const before = await pools();
    for (const { bankLineId } of [byReference, byWord]) {
      for (const body of [{ kind: 'payer_receipt' }, { kind: 'gift', programmeId: own() }, { kind: 'paid_in' }]) {
        expect((await identify(bankLineId, body)).body.code).toBe('bank_line_given');
      }
    }
    expect(await pools()).toEqual(before);
  });

  it('is what the database finds on the line and in the pool, or is not', async () => {
    const { bankLineId } = await received(40, giftReference(null));
    const { id } = await last();
    const gift = (pool: string, amount: number, eventId = world.newId(), line = plain(bankLineId)) => world.admin.query(
      `insert into settlement.gift values ('${line}', '${pool}', '${world.bankAccountId}', ${amount}, 'EUR', '${eventId}', '2026-04-03T08:00:00Z')`);
    await expect(gift('general', 41, id)).rejects.toThrow('is no gift of 41');
    await expect(gift('general', 40)).rejects.toThrow('was not posted to pool general');
    await expect(gift(world.programmeId, 40, id)).rejects.toThrow('was not posted to pool');
    await expect(gift('general', 40, id)).rejects.toMatchObject({ constraint: 'gift_pkey' });
  });

  it('leaves in minus out the balance of each pool', async () => {
    const [national, local] = await pools();
    expect((await account()).map(({ inCents, outCents, balanceCents }) => [inCents - outCents, balanceCents]))
      .toEqual([[national, national], [local, local]]);
  });
});
