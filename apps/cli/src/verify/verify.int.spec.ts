// An export as an auditor gets it, verified by two who share no code with the log; then altered in every way that somebody
// might try, and each alteration has to be named by its line.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MESSAGES, type Contract, type Service } from '#libs/contracts';
import { canonicalJson } from '#libs/kernel';
import { LeafTree } from '#libs/proofs';
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
    for (const contract of IN_ORDER.filter(({ from }) => from !== 'audit')) await world.take(senderOf(contract), [{ type: contract.type, body: kept(contract, round) }]);
    await world.post('checkpoints');
  }
  const [key] = ((await world.get('keys', null)).body as unknown as { keys: [{ keyId: string; pem: string }] }).keys;
  keyId = key.keyId;
  pemPath = join(world.dataDir, 'key.pem');
  writeFileSync(pemPath, key.pem);
  lines = (await world.get('export')).text.split('\n').slice(0, -1);
}, 180_000);
afterAll(async () => { await world.close(); });

const senderOf = ({ from }: Contract): Service => (from === 'each' ? 'settlement' : from);
/** Each round is a life of its own: what is undone or released in it was used or held in it before. */
const kept = ({ type, auditView, sample }: Contract, round: number): unknown => {
  const body = (auditView ? auditView(sample) : sample) as Record<string, unknown>;
  const own = OWN.map((name, at) => [name, `01900000-0000-7000-8000-0000000000${'ef'[round - 1]}${at}`] as const).filter(([name]) => typeof body[name] === 'string');
  // What is released and what is rejected had both been held.
  return { ...body, ...Object.fromEntries(own), ...(type === 'claim_line.held.v1' && { amountCents: 2 * Number(body['amountCents']) }) };
};
const OWN = ['paymentId', 'redemptionId', 'claimLineId', 'statementId', 'payeeId', 'placeId', 'incidentId'] as const;
/** What others are about comes first, as in any life. */
const FIRST = ['voucher.redeemed.v1', 'claim_line.held.v1'];
const IN_ORDER = [...MESSAGES].sort((a, b) => Number(FIRST.includes(b.type)) - Number(FIRST.includes(a.type)));

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
    const types = MESSAGES.filter(({ from }) => from !== 'audit').length;
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

/** An export whose every hash and root is right, signed by a key of its own, so that nothing but what the events say can be wrong. */
function sealed(events: readonly Readonly<{ sender: Service; type: string; body: object; at?: string }>[]): string[] {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const own = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${publicKey.export({ format: 'jwk' }).x}"}`).digest('base64url');
  const [tree, seqs, origin, time] = [new LeafTree(), new Map<Service, number>(), 'other.example/audit', '2026-03-02T10:00:00.000Z'];
  const leaves = events.map(({ sender, type, body, at = '2026-03-01T10:00:00.000000Z' }, index) => {
    const seq = (seqs.get(sender) ?? 0) + 1;
    seqs.set(sender, seq);
    const { sample } = MESSAGES.find((contract) => contract.type === type)!;
    const leaf = canonicalJson({
      actor: { kind: 'user', id: 'usr' }, body: { ...(sample as object), ...body }, causationId: null, correlationId: 'c', id: idOf(index), occurredAt: at, sender, seq,
      subject: 's', subjectVersion: 1, type,
    });
    return `{"hash":"${tree.add(Buffer.from(leaf))}","leaf":${leaf}}`;
  });
  const text = `${origin}\n${tree.size}\n${Buffer.from(tree.root(), 'hex').toString('base64')}\ntime ${time}\n`;
  const signature = Buffer.concat([Buffer.alloc(4), sign(null, Buffer.from(text), privateKey)]).toString('base64');
  const checkpoint = { size: tree.size, root: tree.root(), time, origin, keyId: own, signature: '', note: `${text}\n\u2014 ${origin} ${signature}\n` };
  const keys = [{ keyId: own, noteVerifier: '', pem: publicKey.export({ format: 'pem', type: 'spki' }) }];
  return [JSON.stringify({ format: 'mereau.audit-export.v1', origin, size: tree.size, root: tree.root(), checkpoint, keys }), ...leaves, JSON.stringify({ checkpoint })];
}
const idOf = (at: number): string => `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`;

describe('a log that was signed, and is no true account', () => {
  const [CUSTODY, BATCH, PLACE, PAYEE] = [idOf(901), idOf(902), idOf(903), idOf(904)];
  const activated = { sender: 'issuance', type: 'range.activated.v1', body: { batchId: BATCH, custodyAccountId: CUSTODY, first: 0, last: 1, amountCents: 2_000, shares: [{ payerId: idOf(905), amountCents: 2_000 }] } } as const;
  const funded = { sender: 'issuance', type: 'payment.succeeded.v1', body: { custodyAccountId: CUSTODY, amountCents: 2_000, coverCents: 2_000, feeCents: 0 } } as const;
  const validated = { sender: 'settlement', type: 'payee.validated.v1', body: { payeeId: PAYEE, placeId: PLACE } } as const;
  const redeemed = (redemptionId: string, amountCents = 1_000) =>
    ({ sender: 'redemption', type: 'voucher.redeemed.v1', body: { redemptionId, batchId: BATCH, placeId: PLACE, custodyAccountId: CUSTODY, amountCents } }) as const;
  const closed = (over: object = {}) => ({
    sender: 'settlement', type: 'statement.closed.v1',
    body: {
      statementId: idOf(910), payeeId: PAYEE, custodyAccountId: CUSTODY, upToSeq: 2, lines: 2, grossCents: 2_000, feeCents: 40, vatCents: 8,
      commonsCents: 20, netCents: 1_932, ...over,
    },
  }) as const;
  const paid = (paymentId: string, amountCents = 1_932) => ({
    sender: 'settlement', type: 'payment.booked.v1', body: { paymentId, statementIds: [idOf(910)], purpose: 'place', amountCents, custodyAccountId: CUSTODY },
  }) as const;
  const released = (amountCents: number) => ({ sender: 'settlement', type: 'payment_file.released.v1', body: { amountCents, purpose: 'place', custodyAccountId: CUSTODY } }) as const;
  const undone = { sender: 'redemption', type: 'redemption.undone.v1', body: { redemptionId: idOf(921), batchId: BATCH, placeId: PLACE, custodyAccountId: CUSTODY, amountCents: 1_000 } } as const;
  /** `reverses`: the place of the event that it takes back. */
  const posted = (debit: string, credit: string, amountCents: number, reverses?: number) => ({
    sender: 'settlement' as const, type: 'ledger.posted.v1',
    body: { transfers: [{ line: 0, debit, credit, amountCents, currency: 'EUR', reverses: reverses === undefined ? null : { eventId: idOf(reverses), line: 0 } }] },
  });
  const LIFE = [funded, activated, validated, redeemed(idOf(921)), redeemed(idOf(922)), closed()] as const;
  type Said = Parameters<typeof sealed>[0];

  it.each<[string, Said]>([
    ['that is paid', [...LIFE, released(1_932), paid(idOf(930))]],
    ['in which one was undone', [funded, activated, validated, redeemed(idOf(921)), undone, redeemed(idOf(922)),
      closed({ upToSeq: 3, lines: 1, grossCents: 1_000, feeCents: 20, vatCents: 4, commonsCents: 10, netCents: 966 })]],
    ['whose last message is under way', [funded, validated, { ...redeemed(idOf(921)), at: '2026-03-02T09:55:00.000000Z' }]],
  ])('is verified where it is one: a life %s', async (_what, events) => {
    expect((await verdictOf(sealed(events))).firstWrong).toBeNull();
  });

  it.each<[string, Said, string, number]>([
    ['more is used of a batch than was activated', [...LIFE.slice(0, 5), redeemed(idOf(923))], 'balances', 7],
    ['more is activated than was covered', [activated], 'balances', 2],
    ['a statement says more than its lines', [...LIFE.slice(0, 5), closed({ grossCents: 2_010, netCents: 1_942 })], 'claims', 7],
    ['a statement is paid twice', [...LIFE, released(3_864), paid(idOf(930)), paid(idOf(931))], 'balances', 8],
    ['more is paid than a statement says', [...LIFE, released(1_932), paid(idOf(930), 1_933)], 'balances', 9],
    ['a redemption is undone twice', [...LIFE.slice(0, 4), undone, undone], 'reversals', 7],
    ['a redemption is undone that never was', [funded, activated, undone], 'reversals', 4],
    ['what crosses is booked on one side only', [posted('clearing:redemption', 'fee_income', 5)], 'clearing', 2],
    ['a posting is reversed twice', [posted('bank_fees', 'psp', 5), posted('psp', 'bank_fees', 5, 0), posted('psp', 'bank_fees', 5, 0)], 'reversals', 4],
  ])('is named where %s', async (_what, events, check, line) => {
    const verdict = await verdictOf(sealed(events));
    expect(verdict.firstWrong).toMatchObject({ check, line });
    expect(verdict.checks.filter(({ isRight }) => !isRight).map(({ name }) => name)).toContain(check);
  });

  it('tells what every kind of account comes to', async () => {
    const { balances } = await verdictOf(sealed([...LIFE, released(1_932), paid(idOf(930))]));
    expect(Object.fromEntries(balances.map(({ ledger, account, amountCents }) => [`${ledger} ${account}`, amountCents]))).toMatchObject({
      'settlement fee_income': -40, 'settlement vat_collected': -8, 'settlement commons': -20, 'settlement psp': 2_000,
    });
    expect(balances.some(({ account }) => account === 'payable' || account === 'outstanding')).toBe(false);
  });
});

describe('an altered export', () => {
  const CASES: readonly (readonly [string, () => readonly string[], { line: () => number; check: string }])[] = [
    ['with an amount edited', () => replaced(indexOfType('voucher.redeemed.v1'), lines[indexOfType('voucher.redeemed.v1')]!.replace('"amountCents":1000', '"amountCents":9000')),
      { line: () => indexOfType('voucher.redeemed.v1') + 1, check: 'leaves' }],
    ['with an amount edited and its hash mended', () => replaced(indexOfType('bank_credit.booked.v1'), leafLine(leafOf(lines[indexOfType('bank_credit.booked.v1')]!).replace('"amountCents":10000', '"amountCents":90000'))),
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
