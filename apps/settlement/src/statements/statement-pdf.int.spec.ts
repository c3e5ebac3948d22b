// A statement as a place would print it. What stands on it is asked of poppler, where it is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/auth';
import { ANNA, BERT, plain, SettlementWorld, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let place: Place & { payeeId: string };
let folder: string;
let statementId: string;

beforeAll(async () => {
  world = await SettlementWorld.create({ holdFirstRemittance: true });
  folder = mkdtempSync(join(tmpdir(), 'mereau-statement-'));
  place = await world.owedPlace(10_000);
  await world.closeStatements();
  const [hold] = await world.holds();
  await world.done(`holds/${hold!.holdId}/release`, { note: 'seen' }, BERT);
  for (let line = 0; line < 70; line += 1) await world.redeem(place, 1_000 + line);
  await world.closeStatements();
  const { body } = await world.get(`statements?payeeId=${place.payeeId}`);
  statementId = String((body['items'] as { statementId: string }[])[0]!.statementId);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const file = (query = '', as: Principal = ANNA) => world.get(`statements/${statementId}/file?format=pdf${query}`, as);
const absent = spawnSync('pdftotext', ['-v']).error ? ' (skipped: no pdftotext)' : '';
function textOf(pdf: Buffer): string {
  const path = join(folder, 'statement.pdf');
  writeFileSync(path, pdf);
  return spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).stdout;
}

describe('a statement on paper', () => {
  (absent ? it.skip : it)(`names the redemption behind each line, the rates of its fees, and adds up${absent}`, async () => {
    const said = textOf((await file()).bytes);
    const lines = await world.rows<{ redemption_id: string }>('select redemption_id from settlement.statement_line where statement_id = $1', [plain(statementId)]);
    expect(lines.length).toBe(71);
    for (const { redemption_id: id } of lines) expect(said).toContain(`red_${id}`);
    for (const what of ['Relevé', 'frais 2 % du brut, TVA 20 % des frais, fonds commun 1 % du brut', `MEREAU RELEVE ${plain(statementId)}`, 'page 2']) {
      expect(said.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(what);
    }
    const [statement] = await world.rows<{ net: string }>('select net from settlement.statement where id = $1', [plain(statementId)]);
    const net = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }).format(Number(statement!.net) / 100);
    expect(textOf((await file('&language=en')).bytes)).toMatch(new RegExp(`Total.*${net}`));
  });

  it('is the same bytes for ever, whatever becomes of its payment', async () => {
    const before = (await file()).bytes;
    await world.released();
    const after = await file();
    expect(after.bytes.equals(before)).toBe(true);
    expect(after.headers).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': expect.stringMatching(/\.pdf"$/) });
  });

  it('is shown to the place that it pays, and to no other', async () => {
    expect((await file('', tillOf(place))).status).toBe(200);
    expect((await file('', tillOf(await world.accredit()))).status).toBe(404);
    expect((await file('&language=de')).status).toBe(400);
  });
});
