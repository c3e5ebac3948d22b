// The file for the printer: its codes are those whose MACs redemption got, and they are nowhere else.
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHUNK_ENTRY_BYTES, PrintFileTakenV1, VoucherChunkMintedV1 } from '#libs/contracts';
import { isRejected } from '#libs/kernel';
import { normaliseCode, parseSerial, type VoucherCode } from '#libs/keys';
import { IssuanceWorld, memberOf, NOW, plain, type Answer } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let batchId: string;
beforeAll(async () => {
  world = await IssuanceWorld.create();
  const { orderId } = await world.order({ count: 600 });
  batchId = await world.batch(orderId);
});
afterAll(() => world.close());

const print = (format: string, key: string = randomUUID()) => world.post(`batches/${batchId}/print-files`, { body: { format }, key });
const linesOf = ({ text }: Answer) => text.trimEnd().split('\r\n').slice(1).map((line) => line.split(','));
const codeOf = (text: string): VoucherCode => {
  const code = normaliseCode(text);
  if (isRejected(code)) throw new Error(code.code);
  return code;
};

describe('a print file', () => {
  it('has one serial and one code per voucher, all different', async () => {
    const answer = await print('csv');
    expect(answer.text).toMatch(/^booklet,position,serial,code\r\n[0-9A-Z]{8}-B000001-[0-9A-Z],1,[0-9A-Z]{8}-\d{7}-[0-9A-Z],[0-9A-Z-]{22}\r\n/);
    const lines = linesOf(answer);
    const [serials, codes] = [new Set(lines.map(([, , serial]) => serial)), new Set(lines.map(([, , , code]) => code))];
    expect([lines.length, serials.size, codes.size]).toEqual([600, 600, 600]);
    expect(lines.filter(([, , serial]) => isRejected(parseSerial(serial!)))).toEqual([]);
  });

  it('has, at each index, the code whose MAC redemption got for that index', async () => {
    const message = (await world.emitted(VoucherChunkMintedV1)).map(({ body }) => body).find((body) => body.batchId === plain(batchId))!;
    const bytes = Buffer.from(message.entries, 'base64');
    const entries = Array.from({ length: 600 }, (_, at) => bytes.subarray(at * CHUNK_ENTRY_BYTES, (at + 1) * CHUNK_ENTRY_BYTES));
    const macs = new Map(entries.map((entry) => [entry.readUInt32BE(), entry.toString('hex', 4)]));
    const printed = linesOf(await print('csv')).map(([, , , code]) => world.keyring.codeMac(codeOf(code!), 'published').mac.replaceAll('-', ''));
    expect(printed.map((mac, index) => mac === macs.get(index))).toEqual(printed.map(() => true));
  });

  it('says the same in JSON, and again for the same key, as a reprint', async () => {
    const key = randomUUID();
    const [first, again, csv] = [await print('json', key), await print('json', key), await print('csv')];
    const fieldsOf = ({ text }: Answer) => (JSON.parse(text) as { booklet: string; position: number; serial: string; code: string }[])
      .map(({ booklet, position, serial, code }) => [booklet, String(position), serial, code]);
    expect(fieldsOf(first)).toEqual(linesOf(csv).map((fields) => fields.slice(0, 4)));
    expect(fieldsOf(again)).toEqual(fieldsOf(first));
    const [row] = await world.rows<{ count: number }>(`select count(*)::int as count from issuance.print_file where format = 'json'`);
    expect(row!.count).toBe(1);
  });

  it('that had left before says so in its head and in each line, by how often, whichever part left in whichever form', async () => {
    const fresh = await world.batch((await world.order({ count: 20 })).orderId);
    const take = (format: string, range: object = {}) => world.post(`batches/${fresh}/print-files`, { body: { format, ...range } });
    const headOf = ({ text }: Answer) => text.split('\r\n')[0]!.split(',').slice(4);
    expect(headOf(await take('csv', { last: 9 }))).toEqual([]);
    await take('letters');
    expect(headOf(await take('csv', { first: 10 }))).toEqual([]);
    await take('pdf', { first: 15, last: 15 });
    const twice = await take('csv', { first: 10 });
    expect([headOf(twice), new Set(linesOf(twice).map(([, , , , mark]) => mark))]).toEqual([['REIMPRESSION / REPRINT 2'], new Set(['2'])]);
    expect(JSON.parse((await take('json', { last: 0 })).text)).toMatchObject([{ reprint: 1 }]);
    const told = (await world.emitted(PrintFileTakenV1)).map(({ body }) => body).filter((body) => body.batchId === plain(fresh));
    expect(told.map(({ format, reprint }) => [format, reprint])).toEqual([
      ['csv', undefined], ['letters', undefined], ['csv', undefined], ['pdf', 1], ['csv', 2], ['json', 1],
    ]);
  });

  it('asked for twice at once is a reprint once', async () => {
    const fresh = await world.batch((await world.order({ count: 5 })).orderId);
    const both = await Promise.all([1, 2].map(() => world.post(`batches/${fresh}/print-files`)));
    expect(both.map(({ text }) => text.split('\r\n')[0]!.includes('REPRINT 1')).sort()).toEqual([false, true]);
  });

  it('names the booklet of each voucher and its place in it', async () => {
    const lines = linesOf(await print('csv'));
    expect(lines.slice(9, 11).map(([booklet, position]) => [booklet!.slice(9, 16), position])).toEqual([['B000001', '10'], ['B000002', '1']]);
    expect(new Set(lines.map(([booklet]) => booklet)).size).toBe(60);
  });

  it('of a part has that part, and of loose vouchers no booklet', async () => {
    const whole = linesOf(await print('csv'));
    const part = await world.post(`batches/${batchId}/print-files`, { body: { format: 'csv', booklets: { first: 3, last: 4 } } });
    expect(linesOf(part).map((fields) => fields.slice(0, 4))).toEqual(whole.slice(20, 40).map((fields) => fields.slice(0, 4)));
    const loose = await world.batch((await world.order({ count: 3 })).orderId);
    expect(linesOf(await world.post(`batches/${loose}/print-files`)).map(([booklet, position]) => [booklet, position])).toEqual([['', ''], ['', ''], ['', '']]);
  });

  it('is recorded and told to audit each time that it leaves, also under one key, with its digest', async () => {
    const key = randomUUID();
    const before = (await world.emitted(PrintFileTakenV1)).length;
    const answers = [await print('csv', key), await print('csv', key)];
    const told = (await world.emitted(PrintFileTakenV1)).slice(before);
    expect(told.map(({ actor, body }) => [actor.kind, body])).toEqual(told.map(({ id }) => ['user', {
      downloadId: id, printFileId: expect.any(String), batchId: plain(batchId), format: 'csv', first: 0, last: 599, reprint: expect.any(Number),
    }]));
    expect([told.length, told[0]!.body.printFileId]).toEqual([2, told[1]!.body.printFileId]);

    const [manifest] = (await world.get(`batches/${batchId}/print-files?limit=1`)).body['items'] as Record<string, unknown>[];
    const download = (at: number) => ({
      downloadId: `dwn_${told[at]!.id}`, takenBy: `user:${told[at]!.actor.id}`, takenAt: NOW, reprint: told[at]!.body.reprint,
      sha256: createHash('sha256').update(answers[at]!.text).digest('hex'), byteCount: answers[at]!.text.length,
    });
    expect(manifest).toEqual({
      printFileId: `prt_${told[0]!.body.printFileId}`, format: 'csv', first: 0, last: 599, count: 600, booklets: { first: 1, last: 60 },
      requestedAt: NOW, downloadCount: 2, downloads: [download(1), download(0)],
    });
  });

  it('is not for caches', async () => {
    expect((await print('csv')).headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/csv; charset=utf-8' });
  });

  it('leaves no code in the database, in a message or in a log', async () => {
    const codes = linesOf(await print('csv')).map(([, , , code]) => code!);
    const tables = await world.rows<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'issuance'`);
    const texts = await Promise.all(tables.map(({ name }) => world.rows<{ text: string }>(`select t::text as text from issuance.${name} t`)));
    const everything = [...texts.flat().map(({ text }) => text), ...world.logged].join('\n');
    expect(everything.length).toBeGreaterThan(10_000);
    const found = codes.flatMap((code) => [code, code.replaceAll('-', '')]).filter((code) => everything.includes(code));
    expect(found).toEqual([]);
  });

  it('is for the operator only, and of a batch that exists', async () => {
    const asPayer = memberOf(await world.payer());
    expect(await world.post(`batches/${batchId}/print-files`, { as: asPayer })).toMatchObject({ status: 403, body: { code: 'role_missing' } });
    expect(await world.post(`batches/bat_${randomUUID()}/print-files`)).toMatchObject({ status: 404, body: { code: 'batch_not_found' } });
  });
});
