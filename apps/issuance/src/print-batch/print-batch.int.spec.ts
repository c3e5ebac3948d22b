// The file for the printer: its codes are those whose MACs redemption got, and they are nowhere else.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHUNK_ENTRY_BYTES, VoucherChunkMintedV1 } from '#libs/contracts';
import { isRejected } from '#libs/kernel';
import { normaliseCode, parseSerial, type VoucherCode } from '#libs/keys';
import { IssuanceWorld, memberOf, plain, type Answer } from '../../../../test/builders/issuance-world.js';

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
    expect(answer.text).toMatch(/^serial,code\r\n[0-9A-Z]{8}-\d{7}-[0-9A-Z],[0-9A-Z-]{22}\r\n/);
    const lines = linesOf(answer);
    const [serials, codes] = [new Set(lines.map(([serial]) => serial)), new Set(lines.map(([, code]) => code))];
    expect([lines.length, serials.size, codes.size]).toEqual([600, 600, 600]);
    expect(lines.filter(([serial]) => isRejected(parseSerial(serial!)))).toEqual([]);
  });

  it('has, at each index, the code whose MAC redemption got for that index', async () => {
    const message = (await world.emitted(VoucherChunkMintedV1)).map(({ body }) => body).find((body) => body.batchId === plain(batchId))!;
    const bytes = Buffer.from(message.entries, 'base64');
    const entries = Array.from({ length: 600 }, (_, at) => bytes.subarray(at * CHUNK_ENTRY_BYTES, (at + 1) * CHUNK_ENTRY_BYTES));
    const macs = new Map(entries.map((entry) => [entry.readUInt32BE(), entry.toString('hex', 4)]));
    const printed = linesOf(await print('csv')).map(([, code]) => world.keyring.codeMac(codeOf(code!), 'published').mac.replaceAll('-', ''));
    expect(printed.map((mac, index) => mac === macs.get(index))).toEqual(printed.map(() => true));
  });

  it('says the same in JSON, and again for the same key', async () => {
    const key = randomUUID();
    const [first, again, csv] = [await print('json', key), await print('json', key), await print('csv')];
    const objects = JSON.parse(first.text) as { serial: string; code: string }[];
    expect(objects.map(({ serial, code }) => [serial, code])).toEqual(linesOf(csv));
    expect(again.text).toBe(first.text);
    const [row] = await world.rows<{ count: number }>(`select count(*)::int as count from issuance.print_file where format = 'json'`);
    expect(row!.count).toBe(1);
  });

  it('is not for caches', async () => {
    expect((await print('csv')).headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/csv; charset=utf-8' });
  });

  it('leaves no code in the database, in a message or in a log', async () => {
    const codes = linesOf(await print('csv')).map(([, code]) => code!);
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
