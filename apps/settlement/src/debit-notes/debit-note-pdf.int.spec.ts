// A debit note as its payee would print it. What stands on it is asked of poppler, where it is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { printReference } from '#libs/contracts';
import { cents } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { ANNA, BERT, SettlementWorld, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let place: Place & { payeeId: string };
let folder: string;
let note: { debitNoteId: string; number: string; reference: string };
let redemptions: string[];

beforeAll(async () => {
  world = await SettlementWorld.create();
  folder = mkdtempSync(join(tmpdir(), 'mereau-debit-note-'));
  place = await world.owedPlace(10_000);
  for (let line = 0; line < 50; line += 1) await world.redeem(place, 1_000 + line);
  await world.closeStatements();
  await world.released();
  redemptions = (await world.rows<{ id: string }>('select redemption_id as id from settlement.claim_line order by source_seq')).map(({ id }) => `red_${id}`);
  for (const redemptionId of redemptions) {
    const { incidentId } = await world.done('incidents', { redemptionId, kind: 'fraud', note: 'nobody came' });
    await world.done(`incidents/${String(incidentId)}/validate`, { note: 'checked' }, BERT);
  }
  await world.redeem(place, 100);
  await world.closeStatements();
  world.clock.set('2026-07-15T08:00:00.000Z');
  await world.done('debit-notes');
  [note] = (await world.get('debit-notes')).body['items'] as [typeof note];
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const file = (query = '', as = ANNA) => world.get(`debit-notes/${note.debitNoteId}/file${query}`, as);
const absent = spawnSync('pdftotext', ['-v']).error ? ' (skipped: no pdftotext)' : '';
function textOf(pdf: Buffer): string {
  const path = join(folder, 'note.pdf');
  writeFileSync(path, pdf);
  return spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).stdout.replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe('a debit note on paper', () => {
  (absent ? it.skip : it)(`says what is owed and why, line by line, how to pay it, by when, and how to disagree${absent}`, async () => {
    const [french, english] = [textOf((await file()).bytes), textOf((await file('?language=en')).bytes)];
    const { body } = await world.get(`debit-notes/${note.debitNoteId}`);
    const owed = (locale: string) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(Number(body['amountCents']) / 100)
      .replaceAll(/[\u00a0\u202f]/g, ' ');
    const iban = fakeIban(1).replace(/(.{4})(?=.)/g, '$1 ');
    for (const said of [french, english]) {
      for (const redemptionId of redemptions) expect(said).toContain(redemptionId);
      for (const what of [note.number, printReference(note.reference), iban, 'MEREAU CANTONNEMENT', `Commune ${place.siret}`, '02/04/2026', '14/08/2026', 'page 2']) {
        expect(said).toContain(what);
      }
    }
    for (const what of ['Note de débit', owed('fr-FR'), 'correction de', 'Comment payer', 'Si vous n’êtes pas d’accord', '1347']) expect(french).toContain(what);
    for (const what of ['Debit note', owed('en-GB'), 'correction of', 'How to pay', 'If you disagree']) expect(english).toContain(what);
  });

  it('is the same bytes for ever, whatever is paid of it', async () => {
    const before = (await file()).bytes;
    world.bank.receive({ amountCents: cents(100), from: { name: 'COMMUNE', iban: fakeIban(9) }, text: note.reference });
    expect(await world.bankDay()).toEqual({ debit_note_paid: 1 });
    const after = await file('', tillOf(place));
    expect(after.bytes.equals(before)).toBe(true);
    expect(after.headers).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${note.number}.pdf"` });
    expect((await file('?language=de')).status).toBe(400);
  });
});
