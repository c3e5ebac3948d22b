// Lines for a printer that only its private key opens, with our library and with the tool that printers have.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUDITOR, IssuanceWorld, OPERATOR } from '../../../../test/builders/issuance-world.js';
import { newPrinter, type Printer } from '../../../../test/builders/printer.js';
import { encrypted } from './encrypted.js';

let world: IssuanceWorld;
let batchId: string;
beforeAll(async () => {
  world = await IssuanceWorld.create();
  batchId = await world.batch((await world.order({ count: 600 })).orderId);
});
afterAll(() => world.close());

const register = async ({ publicKey }: Printer) =>
  world.done('printer-keys', { name: 'Imprimerie', publicKey }) as Promise<{ printerKeyId: string; fingerprint: string }>;
async function pgpFile(printerKeyId: string): Promise<Buffer> {
  world.authenticated(OPERATOR);
  const { statusCode, rawPayload } = await world.app.inject({
    method: 'POST', url: `/issuance/batches/${batchId}/print-files`, payload: JSON.stringify({ format: 'pgp', printerKeyId }),
    headers: { authorization: `Bearer ${OPERATOR.userId}`, 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
  });
  expect(statusCode).toBe(200);
  return rawPayload;
}

describe('a file encrypted to a printer', () => {
  it.each(['curve25519', 'rsa'] as const)('is the lines of the batch for a key of type %s, and for no other', async (type) => {
    const [printer, other] = [await newPrinter(type), await newPrinter()];
    const { printerKeyId, fingerprint } = await register(printer);
    expect(fingerprint).toBe(printer.fingerprint);
    const file = await pgpFile(printerKeyId);
    const lines = (await printer.open(file)).trimEnd().split('\r\n');
    expect([lines.length, lines[0]!.slice(0, 28)]).toEqual([601, 'booklet,position,serial,code']);
    await expect(other.open(file)).rejects.toThrow();
    expect(file.includes(lines[1]!.split(',')[3]!)).toBe(false);
    expect((await world.post(`batches/${batchId}/print-files`)).body.code).toBe('print_file_unencrypted');
    await world.done(`printer-keys/${printerKeyId}/withdrawal`, {});
    const late = await world.post(`batches/${batchId}/print-files`, { body: { format: 'pgp', printerKeyId } });
    expect([late.body.code, (await world.post(`batches/${batchId}/print-files`)).status]).toEqual(['printer_key_not_found', 200]);
  });

  it('names its key, and an auditor sees who can open what', async () => {
    const { printerKeyId } = await register(await newPrinter());
    const { items } = (await world.get('printer-keys', AUDITOR)).body as unknown as { items: { printerKeyId: string; withdrawnAt: string | null }[] };
    expect(items.at(-1)).toMatchObject({ printerKeyId, name: 'Imprimerie', withdrawnAt: null });
    await world.done(`printer-keys/${printerKeyId}/withdrawal`, {});
    expect((await world.post(`batches/${batchId}/print-files`, { body: { format: 'pgp' } })).status).toBe(400);
  });

  const tool = spawnSync('gpg', ['--version']).error ? ' (skipped: no gpg)' : '';
  (tool ? it.skip : it)(`opens with gpg${tool}`, async () => {
    const printer = await newPrinter('legacy');
    const { printerKeyId } = await register(printer);
    const home = mkdtempSync(join(tmpdir(), 'mereau-gpg-'));
    const gpg = (...parameters: string[]) =>
      spawnSync('gpg', ['--homedir', home, '--batch', '--quiet', '--trust-model', 'always', ...parameters], { encoding: 'utf8' });
    try {
      writeFileSync(join(home, 'private.asc'), printer.privateKey);
      writeFileSync(join(home, 'codes.csv.pgp'), await pgpFile(printerKeyId));
      gpg('--import', join(home, 'private.asc'));
      const opened = gpg('--decrypt', join(home, 'codes.csv.pgp'));
      expect([opened.status, opened.stdout.split('\r\n').length]).toEqual([0, 602]);
    } finally {
      spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
      rmSync(home, { recursive: true, force: true });
      await world.done(`printer-keys/${printerKeyId}/withdrawal`, {});
    }
  });

  it('asks for no more than is read, and ends what it reads from when nobody reads on', async () => {
    const { publicKey } = await newPrinter();
    let [asked, ended] = [0, false];
    async function* pieces(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(100_000, asked += 1);
      } finally {
        ended = true;
      }
    }
    const leaving = encrypted(pieces(), publicKey);
    for (let read = 0; read < 300_000;) read += (await leaving.next()).value!.length;
    const before = asked;
    await leaving.return(undefined);
    expect([before < 40, ended]).toEqual([true, true]);
  });
});
