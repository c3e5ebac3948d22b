// Checkpoints leave by mail, into a folder in place of a server: once a day, the newest, with the proof that it follows.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileMail, type Mail } from '#libs/mail';
import { isConsistent, readKept, readNote } from '#libs/proofs';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { MailCheckpoints } from './mail-checkpoints.command.js';

const [AUDITOR_AT, PAYER_AT] = ['audit@chambre.example', 'finances@payeur.example'];
const DOWN = 'en-panne@payeur.example';
const folder = mkdtempSync(join(os.tmpdir(), 'mereau-mail-'));
const catcher = new FileMail({ folder, from: 'notices@mereau.example' });
/** A server that cannot be asked about one of its readers. */
const mail: Mail = { send: async (message) => {
  if (message.to === DOWN) throw new Error('connection refused');
  return catcher.send(message);
} };

let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create({ mail, checkpointReaders: [DOWN, AUDITOR_AT, PAYER_AT] }); });
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

const mailed = (address: string): string[] => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  .filter((source) => source.includes(`To: ${address}\r\n`)).map((source) => source.replaceAll('\r\n', '\n')).sort();
const send = () => world.commands.execute(new MailCheckpoints());
const noteIn = (source: string): string => /mereau\.example\/audit\n[^]*?\n\u2014 [^\n]+\n/.exec(source)![0];
const said = async (number: number): Promise<number> => {
  await world.take('issuance', [{ type: 'test.said.v1', body: { number } }]);
  return Number((await world.post('checkpoints')).body['size']);
};

describe('the newest checkpoint of the day', () => {
  it('is mailed to nobody before there is one', async () => {
    expect(await send()).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is mailed once to each reader, as a note that the verifier takes, whatever happens to another reader', async () => {
    const size = await said(1);
    expect(await send()).toBe(2);
    const [source] = mailed(AUDITOR_AT);
    expect(readKept(noteIn(source!))).toMatchObject([{ size, note: (await world.get('checkpoints/latest', null)).body['note'] }]);
    await said(2);
    expect(await send()).toBe(0);
    expect([mailed(AUDITOR_AT), mailed(PAYER_AT), mailed(DOWN)].map(({ length }) => length)).toEqual([1, 1, 0]);
  });

  it('is mailed again on the next day, with the proof that it follows what was mailed before', async () => {
    world.clock.set('2026-03-03T00:00:00.000Z');
    await said(3);
    const size = await said(4);
    expect(await send()).toBe(2);
    const [one, two] = mailed(AUDITOR_AT).map((source) => ({ ...readNote(noteIn(source))!, source })).sort((a, b) => a.size - b.size);
    expect([one!.size, two!.size]).toEqual([1, size]);
    const path = two!.source.split(`${one!.size} → ${size}:\n`)[1]!.split('\n').filter((line) => /^[0-9a-f]{64}$/.test(line));
    expect(isConsistent({ from: one!.size, to: size, fromRoot: one!.root, toRoot: two!.root, path })).toBe(true);
  });

  it('leaves no address behind in the database', async () => {
    const { rows } = await world.admin.query<{ row: string }>('select to_jsonb(m)::text as row from audit.checkpoint_mail m');
    expect(rows).toHaveLength(4);
    expect(rows.filter(({ row }) => [AUDITOR_AT, PAYER_AT, DOWN].some((address) => row.includes(address)))).toEqual([]);
    expect(rows.some(({ row }) => row.includes(createHash('sha256').update(PAYER_AT).digest('hex')))).toBe(true);
  });
});
