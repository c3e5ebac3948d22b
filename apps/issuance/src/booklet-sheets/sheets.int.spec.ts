// Sheets as somebody would hold them. What a reader and a camera see is asked of poppler and zbar where they are installed.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATOR, IssuanceWorld } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let batchId: string;
let folder: string;
beforeAll(async () => {
  world = await IssuanceWorld.create();
  const shares = [await world.payer(), await world.payer()].map((payerId) => ({ payerId, basisPoints: 5_000 }));
  const programmeId = await world.programme({ name: 'Médiation numérique à Saint-Étienne — œuvre d’été' });
  batchId = await world.batch((await world.order({ count: 40, programmeId, shares })).orderId);
  folder = mkdtempSync(join(tmpdir(), 'mereau-sheets-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

type Voucher = { booklet: string; serial: string; code: string };

async function sheets(range: object = {}, key: string = randomUUID()): Promise<Buffer> {
  world.authenticated(OPERATOR);
  const response = await world.app.inject({
    method: 'POST', url: `/issuance/batches/${batchId}/print-files`,
    headers: { authorization: `Bearer ${OPERATOR.userId}`, 'idempotency-key': key, 'content-type': 'application/json' },
    payload: JSON.stringify({ format: 'pdf', ...range }),
  });
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'application/pdf']);
  return response.rawPayload;
}
const vouchers = async (range: object = {}): Promise<Voucher[]> =>
  JSON.parse((await world.post(`batches/${batchId}/print-files`, { body: { format: 'json', ...range } })).text) as Voucher[];
const pagesIn = (pdf: Buffer): number => [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length;
const missing = (...tools: string[]): string => {
  const absent = tools.filter((tool) => spawnSync(tool, ['-v']).error);
  return absent.length > 0 ? ` (skipped: no ${absent.join(', ')})` : '';
};
const run = (tool: string, ...parameters: string[]): string => spawnSync(tool, parameters, { encoding: 'utf8' }).stdout;

describe('sheets of booklets', () => {
  it('are a PDF with a page per booklet', async () => {
    const [first, part] = [await sheets(), await sheets({ booklets: { first: 2, last: 3 } })];
    expect([first.subarray(0, 5).toString(), first.toString('latin1').trimEnd().slice(-5)]).toEqual(['%PDF-', '%%EOF']);
    expect([pagesIn(first), pagesIn(part)]).toEqual([4, 2]);
  });

  const marks = missing('pdftotext');
  (marks ? it.skip : it)(`say on each page how often they had left before, and nothing the first time${marks}`, async () => {
    const before = batchId;
    batchId = await world.batch((await world.order({ count: 30 })).orderId);
    const marksOf = async (range: object = {}) => {
      const file = join(folder, 'marks.pdf');
      writeFileSync(file, await sheets(range));
      // The mark lies across the page, so its letters come apart: in the order in which they were drawn, without what is between.
      return run('pdftotext', '-raw', file, '-').replace(/\s+/g, '').match(/REPRINT\d/g) ?? [];
    };
    const found = [await marksOf({ booklets: { first: 1, last: 1 } }), await marksOf({ booklets: { first: 2, last: 3 } }), await marksOf()];
    batchId = before;
    expect(found).toEqual([[], [], ['REPRINT2', 'REPRINT2', 'REPRINT2']]);
  });

  it('carry their fonts with them', async () => {
    expect((await sheets()).toString('latin1').match(/\/FontFile2/g)).toHaveLength(3);
  });

  const text = missing('pdftotext');
  (text ? it.skip : it)(`say whose they are, what each is worth, and every serial and code, as text${text}`, async () => {
    const range = { booklets: { first: 2, last: 2 } };
    const file = join(folder, 'text.pdf');
    writeFileSync(file, await sheets(range));
    const said = run('pdftotext', '-layout', file, '-');
    const booklet = await vouchers(range);
    for (const what of [`Carnet ${booklet[0]!.booklet}`, 'Médiation numérique à Saint-Étienne — œuvre d’été', 'Financé par Payeur 1, Payeur 2', '31 décembre 2026', '31 janvier 2027']) {
      expect(said).toContain(what);
    }
    expect(said.match(/\b10\s€/g)).toHaveLength(11);
    expect(booklet.flatMap(({ serial, code }) => [serial, code]).filter((what) => !said.includes(what))).toEqual([]);
  });

  // Somebody with a camera takes picture after picture until one is read. Of a whole sheet zbar misses 1 to 20 codes in 600 at
  // any one of these resolutions, others at each; none was missed at all of them. A code that is wrong is read wrong at each.
  const RESOLUTIONS = ['300', '150', '400', '200', '600'];
  const seen = missing('pdftoppm', 'zbarimg');
  (seen ? it.skip : it)(`show a camera the address with each code behind the #${seen}`, async () => {
    const range = { booklets: { first: 4, last: 4 } };
    const addresses = (await vouchers(range)).map(({ code }) => `https://127.0.0.1/v#${code}`);
    const file = join(folder, 'seen.pdf');
    writeFileSync(file, await sheets(range));
    const read = new Set<string>();
    for (const resolution of RESOLUTIONS) {
      if (read.size >= addresses.length) break;
      const picture = join(folder, `seen-${resolution}`);
      run('pdftoppm', '-singlefile', '-r', resolution, '-png', file, picture);
      for (const address of run('zbarimg', '--quiet', '--raw', `${picture}.png`).trim().split('\n')) read.add(address);
    }
    expect([...read].sort()).toEqual([...addresses].sort());
  });
});
