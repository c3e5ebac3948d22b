// An export as an auditor gets it, verified by two who share no code with the log; then altered in every way that somebody
// might try, and each alteration has to be named by its line.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MESSAGES, type Contract, type Service } from '#libs/contracts';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { verifyExport, type Trust, type Verdict } from './verify-export.js';

const NOBODY: Trust = { keyIds: [], kept: [] };
const LEAF_AT = 82;

let world: AuditWorld;
let lines: string[];
let keyId: string;
let pemPath: string;

/** The sample of every message that audit receives, from the one who may say it; twice, with a checkpoint in between. */
beforeAll(async () => {
  world = await AuditWorld.create();
  for (const round of [1, 2]) {
    for (const contract of MESSAGES.filter(({ from }) => from !== 'audit')) await world.take(senderOf(contract), [{ type: contract.type, body: kept(contract, round) }]);
    await world.post('checkpoints');
  }
  const [key] = ((await world.get('keys', null)).body as unknown as { keys: [{ keyId: string; pem: string }] }).keys;
  keyId = key.keyId;
  pemPath = join(world.dataDir, 'key.pem');
  writeFileSync(pemPath, key.pem);
  lines = (await world.get('export')).text.split('\n').slice(0, -1);
});
afterAll(async () => { await world.close(); });

const senderOf = ({ from }: Contract): Service => (from === 'each' ? 'settlement' : from);
/** A payment is booked and returned once each: two rounds of one payment would be four moves. */
const kept = ({ auditView, sample }: Contract, round: number): unknown => {
  const body = (auditView ? auditView(sample) : sample) as Record<string, unknown>;
  return 'paymentId' in body ? { ...body, paymentId: `01900000-0000-7000-8000-0000000000e${round}` } : body;
};

const write = (changed: readonly string[], name = 'changed.ndjson'): string => {
  const path = join(world.dataDir, name);
  writeFileSync(path, changed.map((line) => `${line}\n`).join(''));
  return path;
};
const verdictOf = (changed: readonly string[], trust: Trust = NOBODY): Promise<Verdict> => verifyExport(write(changed), trust);
const stranger = (path: string): string => execFileSync(process.execPath, ['docs/verify-audit-export.mjs', path, pemPath], { encoding: 'utf8' });
const leafLine = (leaf: string): string => `{"hash":"${createHash('sha256').update('\x00').update(leaf).digest('hex')}","leaf":${leaf}}`;
const leafOf = (line: string): string => line.slice(LEAF_AT, -1);
const isLeaf = (line: string): boolean => line.startsWith('{"hash"');
const isCheckpoint = (line: string): boolean => line.startsWith('{"checkpoint"');
const indexOfType = (type: string): number => lines.findIndex((line) => isLeaf(line) && line.includes(`"type":"${type}"`));
const replaced = (at: number, ...by: readonly string[]): string[] => lines.toSpliced(at, 1, ...by);

describe('an export', () => {
  it('is verified from its bytes alone, with every sum that the events carry', async () => {
    const verdict = await verdictOf(lines);
    const types = MESSAGES.length - 1;
    expect([verdict.firstWrong, verdict.verified, verdict.events]).toEqual([null, true, types * 2]);
    expect(verdict.checks.map(({ isRight }) => isRight)).toEqual(verdict.checks.map(() => true));
    expect(verdict.clearing).toEqual(expect.arrayContaining([
      { between: 'issuance-redemption', type: 'range.activated.v1', events: 2, amountCents: 20_000 },
      { between: 'issuance-settlement', type: 'bank_credit.booked.v1', events: 2, amountCents: 20_000 },
      { between: 'redemption-settlement', type: 'voucher.redeemed.v1', events: 2, amountCents: 2_000 },
    ]));
    // A payment by the bank and one by Stripe, in each round.
    expect(verdict.cents).toEqual({ issued: 20_000, activated: 20_000, redeemed: 2_000, statementsNet: 1_932, paid: 0, returned: 3_864 });
    expect(verdict.root).toBe((await world.get('checkpoints/latest', null)).body['root']);
  });

  it('convinces a stranger with a script of forty lines and a public key', () => {
    expect(readFileSync('docs/verify-audit-export.mjs', 'utf8').split('\n').length).toBeLessThanOrEqual(42);
    expect(stranger(write(lines))).toMatch(/^\d+ leaves, root [0-9a-f]{64}\n$/);
    expect(() => stranger(write(replaced(3, leafLine(leafOf(lines[3]!).replace('"seq":', '"seq":1')))))).toThrow();
  });

  it('is verified by one file that needs node alone, which takes a checkpoint as it was mailed', async () => {
    const { note } = (await world.get('checkpoints/latest', null)).body as unknown as { note: string };
    const kept = join(world.dataDir, 'mailed.txt');
    writeFileSync(kept, note);
    const alone = (path: string) => spawnSync(process.execPath, ['docs/mereau-verify.mjs', path, '--key', pemPath, '--checkpoint', kept], { encoding: 'utf8' });
    expect(alone(write(lines))).toMatchObject({ status: 0, stdout: expect.stringMatching(/\nverified: \d+ events, root [0-9a-f]{64}\n$/) });
    const forged = alone(write(replaced(3, leafLine(leafOf(lines[3]!).replace('"seq":', '"seq":1')))));
    expect(forged).toMatchObject({ status: 1, stdout: expect.stringMatching(/\nWRONG at line \d+: /) });
  }, 60_000);

  it('up to an earlier checkpoint is verified too', async () => {
    const { checkpoint } = JSON.parse(lines.find(isCheckpoint)!) as { checkpoint: { size: number } };
    const earlier = (await world.get(`export?size=${checkpoint.size}`)).text.split('\n').slice(0, -1);
    expect(await verdictOf(earlier)).toMatchObject({ verified: true, events: checkpoint.size });
    expect((await world.get('export?size=3')).body.code).toBe('checkpoint_not_found');
  });

  it('is held against the key and the checkpoints that the auditor has from elsewhere', async () => {
    const kept = readFileSync(join(world.dataDir, 'audit-checkpoints.ndjson'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Trust['kept'][number]);
    expect(kept).toHaveLength(2);
    expect(await verdictOf(lines, { keyIds: [keyId], kept })).toMatchObject({ verified: true });
    expect((await verdictOf(lines, { keyIds: ['another'], kept: [] })).firstWrong).toMatchObject({ line: 1, check: 'header' });
    const other = [{ ...kept[0]!, root: 'ab'.repeat(32) }];
    expect((await verdictOf(lines, { keyIds: [], kept: other })).checks.find(({ name }) => name === 'kept')).toMatchObject({ isRight: false });
    // A log that ends before what was signed of it was cut.
    const { size } = kept[1]!;
    const earlier = lines.slice(0, lines.findIndex(isCheckpoint) + 1);
    const header = JSON.parse(lines[0]!) as { checkpoint: object; size: number; root: string };
    const { checkpoint } = JSON.parse(earlier.at(-1)!) as { checkpoint: { size: number; root: string } };
    const cut = [JSON.stringify({ ...header, size: checkpoint.size, root: checkpoint.root, checkpoint }), ...earlier.slice(1)];
    expect((await verdictOf(cut)).verified).toBe(true);
    expect((await verdictOf(cut, { keyIds: [], kept })).firstWrong).toMatchObject({ check: 'kept', reason: expect.stringContaining(`before the kept checkpoint of ${size}`) });
  });
});

describe('an altered export', () => {
  const CASES: readonly (readonly [string, () => readonly string[], { line: () => number; check: string }])[] = [
    ['with an amount edited', () => replaced(indexOfType('voucher.redeemed.v1'), lines[indexOfType('voucher.redeemed.v1')]!.replace('"amountCents":1000', '"amountCents":9000')),
      { line: () => indexOfType('voucher.redeemed.v1') + 1, check: 'leaves' }],
    ['with an amount edited and its hash mended', () => replaced(indexOfType('voucher.redeemed.v1'), leafLine(leafOf(lines[indexOfType('voucher.redeemed.v1')]!).replace('"amountCents":1000', '"amountCents":9000'))),
      { line: () => lines.findIndex(isCheckpoint) + 1, check: 'checkpoints' }],
    ['without one of its leaves', () => lines.toSpliced(4, 1), { line: () => nextOfSender(4), check: 'numbers' }],
    ['with two leaves swapped', () => lines.toSpliced(strangersAt(), 2, lines[strangersAt() + 1]!, lines[strangersAt()]!), { line: () => lines.findIndex(isCheckpoint) + 1, check: 'checkpoints' }],
    ['with a leaf twice', () => lines.toSpliced(4, 0, lines[3]!), { line: () => 5, check: 'numbers' }],
    ['whose end is missing', () => lines.slice(0, -3), { line: () => lines.length - 3, check: 'lines' }],
    ['that ends with what nobody signed', () => [...lines, leafLine('{}')], { line: () => lines.length + 1, check: 'leaves' }],
    ['with a line of another kind', () => lines.toSpliced(3, 0, '{"note":"trust me"}'), { line: () => 4, check: 'lines' }],
    ['with another root in its header', () => replaced(0, lines[0]!.replace(/"root":"[0-9a-f]{8}/, '"root":"00000000')), { line: () => 1, check: 'header' }],
    ['with a forged checkpoint', () => lines.map((line) => (isCheckpoint(line) ? line.replace('time 2026', 'time 2027').replace('"time":"2026', '"time":"2027') : line)),
      { line: () => lines.findIndex(isCheckpoint) + 1, check: 'checkpoints' }],
    ['without a header', () => lines.slice(1), { line: () => 1, check: 'header' }],
    ['without anything', () => [], { line: () => 1, check: 'header' }],
  ];
  const sender = (line: string): string | undefined => (isLeaf(line) ? /"sender":"(\w+)"/.exec(line)?.[1] : undefined);
  /** Two leaves side by side of different senders: no number betrays them. */
  const strangersAt = (): number => lines.findIndex((line, at) => {
    const [one, next] = [sender(line), sender(lines[at + 1]!)];
    return one && next && one !== next;
  });
  const nextOfSender = (at: number): number => lines.findIndex((line, index) => index > at && sender(line) === sender(lines[at]!));

  it.each(CASES)('%s is not verified, and the first wrong line is named', async (_what, change, wanted) => {
    const verdict = await verdictOf(change());
    expect(verdict.verified).toBe(false);
    expect(verdict.firstWrong).toMatchObject({ line: wanted.line(), check: wanted.check });
  });

  it('cut off in the middle of a line is not verified', async () => {
    const path = join(world.dataDir, 'cut.ndjson');
    writeFileSync(path, lines.join('\n').slice(0, -20));
    expect((await verifyExport(path, NOBODY)).firstWrong).toMatchObject({ line: lines.length, check: 'lines' });
  });

  it('made of one that a superuser altered in the database names the leaf', async () => {
    await world.tamper(`update audit.event set body = jsonb_set(body, '{amountCents}', '9000') where type = 'voucher.redeemed.v1' and seq = (select min(seq) from audit.event where type = 'voucher.redeemed.v1')`);
    const altered = (await world.get('export')).text.split('\n').slice(0, -1);
    expect((await verdictOf(altered)).firstWrong).toMatchObject({ line: indexOfType('voucher.redeemed.v1') + 1, check: 'leaves' });
    await world.tamper(`delete from audit.event where type = 'voucher.redeemed.v1'`);
    const emptied = (await world.get('export')).text.split('\n').slice(0, -1);
    expect((await verdictOf(emptied)).firstWrong).toMatchObject({ line: indexOfType('voucher.redeemed.v1') + 1, check: 'leaves' });
  });
});
