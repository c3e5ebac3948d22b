// What a public place asks for before it takes vouchers, and what its statements were like afterwards.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProgrammePublishedV1 } from '#libs/contracts';
import { sellerOf } from '#libs/service';
import { ANNA, AUDITOR, SettlementWorld, shown, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let place: Place & { payeeId: string };
let folder: string;

beforeAll(async () => {
  world = await SettlementWorld.create({ seller: sellerOf({}, { environment: 'development' })! });
  folder = mkdtempSync(join(tmpdir(), 'mereau-attestation-'));
  await world.take(ProgrammePublishedV1, {
    programmeId: world.programmeId, ruleVersion: 1, name: 'Numérique pour tous', kind: 'unit', faceCents: 1000, currency: 'EUR',
    usableUntil: '2026-12-31', claimableUntil: '2027-01-31', custodyAccountId: world.bankAccountId,
  });
  await world.done('closing-rules', {
    programmeId: shown('programme', world.programmeId), from: '2026-04-03', frequency: 'monthly', minimumCents: 2000, waitDaysMax: 90, payDaysMax: 20,
  });
  place = await world.accredit().then(async (accredited) => ({ ...accredited, payeeId: await world.payee(accredited) }));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const path = () => `payees/${place.payeeId}/attestation`;
type Attested = Readonly<{ measured: object; programmes: readonly object[]; places: readonly object[]; payee: object; operator: object }>;
const facts = async (as = ANNA) => {
  const { body } = await world.get(path(), as);
  const { content, sha256, asOf } = body as unknown as { content: string; sha256: string; asOf: string };
  return { content, sha256, asOf, attested: JSON.parse(content) as Attested };
};
const absent = spawnSync('pdftotext', ['-v']).error ? ' (skipped: no pdftotext)' : '';
async function textOf(language: string): Promise<string> {
  const { bytes } = await world.get(`${path()}/file?language=${language}`);
  const file = join(folder, `${language}.pdf`);
  writeFileSync(file, bytes);
  return spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/\s+/g, ' ');
}

describe('an attestation to a public body', () => {
  it('says who operates, from which account it pays, what it promises and what it takes, by the rules of the day', async () => {
    world.clock.set('2026-04-10T10:00:00Z');
    const { content, sha256, asOf, attested } = await facts();
    expect([asOf, sha256]).toEqual(['2026-04-10', createHash('sha256').update(content).digest('hex')]);
    expect(attested).toMatchObject({
      operator: { siren: '732829320', registry: 'RCS Lille 732 829 320' }, payee: { id: place.payeeId, siren: place.siret.slice(0, 9) },
      places: [{ siret: place.siret, accreditations: [{ from: '2026-01-01', to: '2026-12-31' }] }],
      programmes: [{
        name: 'Numérique pour tous', claimableUntil: '2027-01-31', custodyAccount: { name: 'MEREAU CANTONNEMENT' },
        rule: { frequency: 'monthly', minimumCents: 2000, days: 51, smallSumDays: 172 },
        fee: {
          version: 1, feeBasisPoints: 200,
          example: { grossCents: 10_000, feeCents: 200, vatCents: 40, commonsCents: 100, netCents: 9_660 },
        },
      }],
      measured: { statements: 0, paidStatements: 0, serviceToClosing: null, closingToDebit: null, serviceToDebit: null },
    });
    expect((await facts()).sha256).toBe(sha256);
  });

  it('tells measured delays from the service to the debit at the bank', async () => {
    // Services 31, 21 and 21 days before the closing of 10 April.
    for (const serviceDate of ['2026-03-10', '2026-03-20', '2026-03-20']) await world.redeem(place, 1000, { serviceDate });
    await world.closeStatements();
    expect((await facts()).attested.measured).toMatchObject({
      statements: 1, paidStatements: 0, serviceToClosing: { median: 21, max: 31 }, serviceToDebit: null,
    });
    world.bank.execute(await world.released());
    // The bank's own days go on from the second of April to that of the execution.
    for (let day = 0; day < 9; day += 1) await world.bankDay();
    const [{ on }] = await world.rows<{ on: string }>('select booked_on::text as on from settlement.payment_movement') as [{ on: string }];
    const since = (day: string) => (Date.parse(on) - Date.parse(day)) / 86_400_000;
    expect((await facts()).attested.measured).toEqual({
      statements: 1, paidStatements: 1, serviceToClosing: { median: 21, max: 31 },
      closingToDebit: { median: since('2026-04-10'), max: since('2026-04-10') },
      serviceToDebit: { median: since('2026-03-20'), max: since('2026-03-10') },
    });
  });

  (absent ? it.skip : it)(`stands on paper in French and English, with its digest${absent}`, async () => {
    const { sha256 } = await facts();
    const french = await textOf('fr');
    for (const said of [
      'régie de recettes', 'SCIC SA', `SIRET ${place.siret}`, 'délai maximal entre l’encaissement d’un chèque et le débit à la banque : 51 jours', 'En dessous de 20,00 €',
      'Pour 100,00 € de chèques : commission 2,00 €, TVA 0,40 €, fonds commun 1,00 €, viré 96,60 €', 'jamais échangés contre des espèces', 'médiane 21 jours, maximum 31', sha256,
    ]) expect(french).toContain(said);
    const english = await textOf('en');
    for (const said of ['at most 51 days', 'never exchanged for cash', 'median 21 days, maximum 31', sha256]) expect(english).toContain(said);
  });

  it('is the same bytes for the same facts', async () => {
    const file = () => world.get(`${path()}/file`, AUDITOR);
    const [one, other] = [await file(), await file()];
    expect(one.headers).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="attestation-${place.payeeId}-2026-04-10.pdf"` });
    expect(one.bytes.equals(other.bytes)).toBe(true);
  });

  it('is a matter of the payee itself, and of one that is known', async () => {
    expect((await world.get(path(), tillOf(place))).status).toBe(200);
    const other = await world.accredit();
    expect((await world.get(path(), tillOf(other))).body.code).toBe('payee_unknown');
    const { body } = await world.get('payees?limit=200');
    const incomplete = (body['items'] as { payeeId: string; legalName: string | null }[]).find(({ legalName }) => legalName === null)!;
    expect((await world.get(`payees/${incomplete.payeeId}/attestation`)).body.code).toBe('payee_incomplete');
  });

  it('is not made in the name of nobody', async () => {
    const unnamed = await SettlementWorld.create();
    try {
      const { payeeId } = await unnamed.owedPlace();
      expect(await unnamed.get(`payees/${payeeId}/attestation`)).toMatchObject({ status: 409, body: { code: 'operator_not_named' } });
    } finally {
      await unnamed.close();
    }
  });
});
