// The agreement to net: who accepts which text, and what a closing does with and without it. Nobody is left unpaid either way.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NettingTermsAcceptedV1, NettingTermsPublishedV1, PlaceFeeBilledV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { SELLER } from '../../../../test/builders/seller.js';
import { ANNA, AUDITOR, BERT, CLEO, managerOf, plain, SettlementWorld, shown, tillOf, type Place } from '../../../../test/builders/settlement-world.js';
import type { PlaceInvoiceContent } from '../place-invoices/place-invoice-content.decision.js';

const TEXT = 'Les frais de service sont retenus sur le relevé.';
const TODAY = '2026-04-02';
let world: SettlementWorld;
beforeEach(async () => { world = await SettlementWorld.create({ seller: SELLER }); });
afterEach(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'settlement');
  expect((await inspect(world.database.urlFor('settlement'), local)).broken).toEqual([]);
  await world.close();
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const publish = (text = TEXT, from = TODAY) => world.post('netting-terms', { body: { text, from } });
const accept = (place: Place, body: object = { version: 1, sha256: sha256(TEXT) }, as = managerOf(place)) => world.post('netting-acceptances', { body, as });
const code = async (answer: ReturnType<typeof publish>) => (await answer).body.code;
const statements = async ({ payeeId }: { payeeId: string }) =>
  (await world.get(`statements?payeeId=${payeeId}`)).body['items'] as unknown as readonly Record<string, unknown>[];
const owed = async (amountCents = 10_000) => {
  const place = await world.accredit(world.newPlace(), { address: '3 rue des Tilleuls, 42000 Saint-Étienne' });
  const payeeId = await world.payee(place);
  await world.redeem(place, amountCents);
  return { ...place, payeeId };
};

describe('the terms of netting', () => {
  it('are published by the operator, and accepted by who manages a place, by their digest', async () => {
    const place = await owed();
    expect(await code(accept(place))).toBe('netting_terms_unknown');
    expect(await code(publish(TEXT, '2026-04-01'))).toBe('netting_terms_in_the_past');
    expect((await publish()).body).toEqual({ version: 1, sha256: sha256(TEXT) });
    expect(await code(accept(place, { version: 1, sha256: sha256('another text') }))).toBe('netting_terms_differ');
    for (const as of [tillOf(place), ANNA]) expect((await accept(place, undefined, as)).status).toBe(403);
    expect(await code(accept({ ...place, placeId: world.newId() }))).toBe('place_unknown');
    const first = await accept(place);
    expect(first.body).toMatchObject({ payeeId: place.payeeId, version: 1 });
    world.clock.set('2026-04-03T08:00:00.000Z');
    expect((await accept(place)).body).toEqual(first.body);
    await publish(`${TEXT} Bis.`, '2026-04-03');
    expect(await code(accept(place))).toBe('netting_terms_superseded');
    expect((await accept(place, { version: 2, sha256: sha256(`${TEXT} Bis.`) })).status).toBe(201);
    const listed = async (as = AUDITOR) => (await world.get('netting-acceptances', as)).body['items'] as { version: number; placeId: string }[];
    expect((await listed()).map(({ version }) => version)).toEqual([2, 1]);
    expect(await listed(managerOf(await world.accredit()))).toEqual([]);
    expect((await world.get('netting-terms', tillOf(place))).body['items']).toMatchObject([{ version: 2 }, { version: 1, text: TEXT, from: TODAY }]);
    expect(await world.emitted(NettingTermsPublishedV1)).toHaveLength(2);
    expect((await world.emitted(NettingTermsAcceptedV1)).map(({ body }) => body.version)).toEqual([1, 2]);
  });

  it('ask nothing of closings before their first day', async () => {
    const place = await owed();
    await publish(TEXT, '2026-04-03');
    await world.closeStatements();
    expect(await statements(place)).toMatchObject([{ feeCents: 200, netCents: 9_660, nettingVersion: null, billedFeeCents: 0 }]);
  });
});

describe('a closing under terms of netting', () => {
  it('keeps the fee of who accepted, pays the others without it, and bills them', async () => {
    await publish();
    const [agreed, silent] = [await owed(), await owed()];
    await accept(agreed);
    const all = { grossCents: 20_000, feeCents: 200, vatCents: 40, commonsCents: 200, netCents: 19_560 };
    expect(await world.closeStatements()).toMatchObject({ statements: 2, ...all });
    const netted = { feeCents: 200, vatCents: 40, netCents: 9_660, nettingVersion: 1, billedFeeCents: 0, billedVatCents: 0 };
    expect(await statements(agreed)).toMatchObject([netted]);
    const [statement] = await statements(silent);
    const gross = { feeCents: 0, vatCents: 0, commonsCents: 100, netCents: 9_900, nettingVersion: null };
    expect(statement).toMatchObject({ ...gross, billedFeeCents: 200, billedVatCents: 40 });
    expect((await world.get(`statements/${String(statement!['statementId'])}/shares`)).body).toMatchObject({ billedFeeCents: 200, billedVatCents: 40 });
    expect(await world.balance(`payable:${plain(silent.payeeId)}`)).toBe(9_900);
    expect(await world.balance(`place_receivable:${plain(silent.payeeId)}`)).toBe(-240);
    expect(await world.balanceOf('fee_income')).toBe(400);
    const billed = (await world.emitted(PlaceFeeBilledV1)).map(({ body }) => body);
    expect(billed).toMatchObject([{ payeeId: plain(silent.payeeId), feeCents: 200, vatCents: 40 }]);
    expect(await world.issuer.issueAll()).toBe(2);
    const content = async ({ payeeId }: { payeeId: string }) => {
      const [invoice] = (await world.get(`place-invoices?payeeId=${payeeId}`)).body['items'] as { placeInvoiceId: string }[];
      return JSON.parse(String((await world.get(`place-invoices/${invoice!.placeInvoiceId}`)).body['content'])) as PlaceInvoiceContent;
    };
    expect(await content(agreed)).toMatchObject({ payment: 'netted', totalCents: 240, payTo: null, dueOn: null });
    expect(await content(silent)).toMatchObject({ payment: 'apart', totalCents: 240, dueOn: '2026-05-02', payTo: { name: 'MEREAU CANTONNEMENT' } });
    const file = await world.released();
    expect(file).toContain('<InstdAmt Ccy="EUR">99.00</InstdAmt>');
    expect(file).toContain('<InstdAmt Ccy="EUR">96.60</InstdAmt>');
  });

  it('counts an acceptance of earlier terms until later ones are accepted', async () => {
    await publish();
    const place = await owed();
    await accept(place);
    await publish(`${TEXT} Bis.`);
    await world.closeStatements();
    expect(await statements(place)).toMatchObject([{ nettingVersion: 1, feeCents: 200 }]);
  });

  it('gives back by a credit note what an incident took out of a billed fee', async () => {
    await publish();
    const place = await owed(3_000);
    await world.closeStatements();
    await world.issuer.issueAll();
    const [line] = await world.rows<{ id: string }>('select redemption_id as id from settlement.claim_line') as [{ id: string }];
    const { incidentId } = await world.done('incidents', { redemptionId: shown('redemption', line.id), kind: 'overpaid', amountCents: 1_000, note: 'x' });
    await world.done(`incidents/${String(incidentId)}/validate`, { note: 'x' }, BERT);
    await world.done('fee-rules', {
      programmeId: shown('programme', world.programmeId), from: TODAY, feeBasisPoints: 0, vatBasisPoints: 0, commonsBasisPoints: 100,
    });
    await world.redeem(place, 5_000, { feeRuleVersion: 2 });
    await world.closeStatements();
    const [second, first] = [{ netCents: 3_960, billedFeeCents: -20, billedVatCents: -4 }, { netCents: 2_970, billedFeeCents: 60 }];
    expect(await statements(place)).toMatchObject([second, first]);
    expect(await world.balance(`place_receivable:${plain(place.payeeId)}`)).toBe(-72 + 24);
    expect(await world.issuer.issueAll()).toBe(1);
    expect((await world.get(`place-invoices?payeeId=${place.payeeId}`)).body['items']).toMatchObject([{ kind: 'credit_note', feeCents: 20, vatCents: 4 }, { kind: 'invoice', feeCents: 60 }]);
  });
});

describe('the tables of netting', () => {
  it('let no statement keep a fee of who accepted nothing, and nobody accept another text', async () => {
    const place = await owed();
    type Refused = { constraint?: string; message: string };
    const attempt = async (sql: string) => world.service.query(`begin; ${sql}; rollback`).then(() => 'done', async (error: Refused) => {
      await world.service.query('rollback');
      return error.constraint ?? error.message;
    });
    const payeeId = plain(place.payeeId);
    const close = (netting: string, fee: number) => `
      insert into settlement.statement_closing (up_to_seq, period, opened_by, opened_at) values (9000, '2026-04', 'x', now());
      insert into settlement.statement (id, payee_id, custody_account_id, from_seq, up_to_seq, line_count, gross, fee, vat, commons, net, currency, content, sha256,
        netting_version, closed_at)
      values (gen_random_uuid(), '${payeeId}', '${world.bankAccountId}', null, 9000, 1, 100, ${fee}, 0, 0, ${100 - fee}, 'EUR', 'x', '${sha256('x')}', ${netting}, '2026-04-02T08:00:00Z')`;
    expect(await attempt(close('null', 2))).toBe('done');
    await publish();
    expect(await attempt(close('null', 2))).toMatch('accepted no netting');
    expect(await attempt(close('null', 0))).toBe('done');
    expect(await attempt(close('1', 2))).toBe('netted_by_what_was_accepted');
    const acceptance = (digest: string) => `insert into settlement.netting_acceptance values ('${payeeId}', 1, '${digest}', '${place.placeId}', '${CLEO.userId}', now())`;
    expect(await attempt(acceptance(sha256('x')))).toBe('accepts_this_text');
    expect(await attempt(`${acceptance(sha256(TEXT))}; ${close('1', 2)}`)).toBe('done');
  });
});
