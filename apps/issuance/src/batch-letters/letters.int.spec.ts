// What goes with the booklets to citizens: readable, complete, on one page, and without a code.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlaceAccreditedV1 } from '#libs/contracts';
import { IssuanceWorld, OPERATOR, plain } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let folder: string;
let batchId: string;
beforeAll(async () => {
  world = await IssuanceWorld.create();
  folder = mkdtempSync(join(tmpdir(), 'mereau-letters-'));
  const programmeId = await world.programme({ name: 'Médiation numérique à Saint-Étienne — œuvre d’été' });
  batchId = await world.batch((await world.order({ count: 30, programmeId })).orderId);
  const place = async (name: string, commune: string, at?: [number, number]) => world.take(PlaceAccreditedV1, {
    ...PlaceAccreditedV1.sample, placeId: world.newId(), programmeId: plain(programmeId), name, commune, address: `1 rue de ${name}`,
    latitude: at?.[0], longitude: at?.[1],
  });
  await place('Médiathèque des Tilleuls', '42218', [45.44, 4.387]);
  await place('Fabrique du Pont', '42187', [46.036, 4.068]);
  for (let at = 0; at < 6; at += 1) await place(`Lieu lointain ${at}${' avec un nom sans fin'.repeat(7)}`, '69381', [45.767, 4.834 + at]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

async function letters(body: object = {}, batch = batchId): Promise<Buffer> {
  world.authenticated(OPERATOR);
  const { statusCode, rawPayload } = await world.app.inject({
    method: 'POST', url: `/issuance/batches/${batch}/print-files`, payload: JSON.stringify({ format: 'letters', ...body }),
    headers: { authorization: `Bearer ${OPERATOR.userId}`, 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
  });
  expect(statusCode).toBe(200);
  return rawPayload;
}
const pagesIn = (pdf: Buffer): number => [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length;
const tool = spawnSync('pdftotext', ['-v']).error ? ' (skipped: no pdftotext)' : '';
function textOf(pdf: Buffer, ...options: string[]): string {
  const file = join(folder, 'letters.pdf');
  writeFileSync(file, pdf);
  return spawnSync('pdftotext', [...options, file, '-'], { encoding: 'utf8' }).stdout.replace(/\s+/g, ' ');
}

describe('letters', () => {
  it('are one page for each booklet, and for each loose voucher', async () => {
    expect([
      pagesIn(await letters()), pagesIn(await letters({ first: 5, last: 14 })), pagesIn(await letters({ largePrint: true })),
    ]).toEqual([3, 2, 3]);
    const loose = await world.batch((await world.order({ count: 3 })).orderId);
    expect(pagesIn(await letters({}, loose))).toBe(3);
  });

  (tool ? it.skip : it).each([
    ['fr', false, ['31 décembre 2026', 'Comment faire', 'Médiathèque des Tilleuls · 1 rue de Médiathèque des Tilleuls · à 0 km', 'Perdus ou volés', '10 chèques de 10 €']],
    ['fr', true, ['31 décembre 2026', 'Comment faire', 'Médiathèque des Tilleuls', 'Perdus ou volés', '10 chèques de 10 €']],
    ['en', false, ['31 December 2026', 'How to use them', 'Médiathèque des Tilleuls', '0 km away', 'Lost or stolen', '10 vouchers of €10']],
    ['en', true, ['31 December 2026', 'How to use them', 'Médiathèque des Tilleuls', 'Lost or stolen', '10 vouchers of €10']],
  ] as const)(`in %s, large print %s, say whose vouchers they are, until when, how and where${tool}`, async (language, largePrint, said) => {
    const text = textOf(await letters({ language, largePrint, commune: '42218' }));
    expect(said.filter((what) => !text.includes(what))).toEqual([]);
    expect(text).toContain('Médiation numérique à Saint-Étienne — œuvre d’été');
    expect(text.match(/B00000\d-/g)!.length).toBeGreaterThanOrEqual(6);
  });

  (tool ? it.skip : it)(`name the nearest places first and as many as fit, whatever their names, down to what to do with a loss${tool}`, async () => {
    const placesIn = (text: string) => [text.match(/1 rue de Médiathèque/g)!.length, (text.match(/Lieu lointain \d/g) ?? []).length];
    expect(placesIn(textOf(await letters({ commune: '42218', last: 9 })))[0]).toBe(1);
    const large = textOf(await letters({ commune: '69381', last: 9, largePrint: true }));
    expect(large.match(/Lieu lointain \d/g)).toHaveLength(3);
    expect(large).toContain('Perdus ou volés');
    expect(large).toMatch(/Prévenez vite .*B000001/);
  });

  (tool ? it.skip : it)(`are no smaller than 18 points in large print${tool}`, async () => {
    const file = join(folder, 'large.pdf');
    writeFileSync(file, await letters({ largePrint: true, last: 9 }));
    const boxes = spawnSync('pdftotext', ['-bbox-layout', file, '-'], { encoding: 'utf8' }).stdout;
    const heights = [...boxes.matchAll(/<line xMin="[\d.]+" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">/g)].map(([, top, bottom]) => Number(bottom) - Number(top));
    expect(heights.length).toBeGreaterThan(10);
    expect(Math.min(...heights)).toBeGreaterThan(18);
  });

  (tool ? it.skip : it)(`hold no code${tool}`, async () => {
    const [text, csv] = [textOf(await letters()), await world.post(`batches/${batchId}/print-files`)];
    const codes = csv.text.trimEnd().split('\r\n').slice(1).map((line) => line.split(',')[3]!);
    expect([codes.length, codes.filter((code) => text.includes(code))]).toEqual([30, []]);
  });

  it('do not make vouchers printed', async () => {
    const fresh = await world.batch((await world.order()).orderId);
    await letters({}, fresh);
    const answer = await world.post(`batches/${fresh}/deliveries`, { body: { distributorId: await world.distributor() } });
    expect(answer.body.code).toBe('range_not_printed');
  });
});
