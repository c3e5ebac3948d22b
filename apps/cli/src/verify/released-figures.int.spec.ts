// Months of open data as audit releases and exports them, made again from the leaves alone; then lies in them, each signed anew as only the
// operator itself could, and each found and named.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BatchCreatedV1, PaymentSucceededV1, PlaceAccreditedV1, ProgrammePublishedV1, RangeActivatedV1, RangeHandedOverV1, RedemptionUndoneV1,
  VoucherRedeemedV1,
} from '#libs/contracts';
import type { OpenData } from '#libs/figures';
import { canonicalJson, idOf, showId } from '#libs/kernel';
import { LeafTree } from '#libs/proofs';
import { AuditWorld, OPERATOR, person, type Said } from '../../../../test/builders/audit-world.js';
import { ReleaseOpenData } from '../../../audit/src/open-data/release-open-data.command.js';
import { verifyExport, type Verdict } from './verify-export.js';

let world: AuditWorld;
let lines: string[];
let programmeId: string;
const NOBODY = { keyIds: [], kept: [] };

/** Twelve people in March in Loire, one service undone, and one more in April; a commune that is told again after March was released. */
beforeAll(async () => {
  world = await AuditWorld.create();
  programmeId = world.newId();
  const [batchId, placeId] = [world.newId(), world.newId()];
  const used = (index: number, at: string): Said => {
    const id = world.newId();
    return { id, at, type: VoucherRedeemedV1.type, body: {
      ...VoucherRedeemedV1.sample, redemptionId: id, voucherId: world.newId(), programmeId, batchId, placeId, voucherIndex: index,
      redeemedAt: at, amountCents: 100,
      service: 'employment', durationMinutes: 60 } };
  };
  const place = (commune: string, accreditationVersion: number): Said => (
    { type: PlaceAccreditedV1.type, body: { ...PlaceAccreditedV1.sample, placeId, programmeId, commune, accreditationVersion } });
  const march = Array.from({ length: 13 }, (_, at) => used(at * 10, '2026-03-10T09:30:00.000Z'));
  await world.post('impact-coefficients', OPERATOR, world.newId(), {
    code: 'local_share', low: 0.3, value: 0.5, high: 0.7, source: 'A survey of twelve places, made for this spec', sourceYear: 2026, scope: 'Loire' });
  await world.take('issuance', [
    { type: ProgrammePublishedV1.type, body: { ...ProgrammePublishedV1.sample, programmeId } },
    { type: BatchCreatedV1.type, body: { ...BatchCreatedV1.sample, batchId, programmeId, count: 200, bookletSize: 10 } },
    { type: PaymentSucceededV1.type, body: { ...PaymentSucceededV1.sample, amountCents: 20_000, coverCents: 20_000, feeCents: 0 } },
    { type: RangeActivatedV1.type, body: { ...RangeActivatedV1.sample, batchId, last: 199, amountCents: 20_000,
      shares: [{ payerId: world.newId(), amountCents: 20_000 }] } },
    { type: RangeHandedOverV1.type, body: { ...RangeHandedOverV1.sample, batchId, last: 149 } },
  ]);
  await world.take('redemption', [
    place('42218', 1), ...march,
    { type: RedemptionUndoneV1.type, body: { ...RedemptionUndoneV1.sample, ...idsOf(march[12]!), amountCents: 100 }, at: '2026-03-11T09:00:00.000Z' },
  ]);
  await world.post('checkpoints');
  world.clock.set('2026-04-20T10:00:00.000Z');
  await release();
  await world.take('redemption', [place('38185', 2), used(140, '2026-04-02T10:00:00.000Z')]);
  world.clock.set('2026-05-20T10:00:00.000Z');
  await release();
  await world.post('checkpoints');
  lines = (await world.get('export')).text.split('\n').slice(0, -1);
}, 180_000);
afterAll(() => world.close());

const release = () => world.commands.execute(new ReleaseOpenData({ kind: 'process', name: 'spec', correlationId: 'spec' }));
const idsOf = ({ body }: Said) => {
  const { redemptionId, voucherId, programmeId: of, batchId, placeId } = body as Record<string, string>;
  return { redemptionId, voucherId, programmeId: of, batchId, placeId };
};
const write = (changed: readonly string[]): string => {
  const path = join(world.dataDir, 'figures.ndjson');
  writeFileSync(path, changed.map((line) => `${line}\n`).join(''));
  return path;
};
const verdictOf = (changed: readonly string[]): Promise<Verdict> => verifyExport(write(changed), NOBODY);

type Leaf = { sender: string; seq: number; type: string; body: Record<string, unknown> };
type Lies = Readonly<{
  content?: (content: OpenData) => OpenData; coefficient?: (coefficient: Record<string, unknown>) => object;
  isDropped?: (leaf: Leaf, at: number) => boolean;
}>;

/** The whole export once more, with a key that signs whatever it is given. What is dropped leaves no gap in its sender's numbers. */
function signedAnew({ content: lie = (told) => told, coefficient: change = (one) => one, isDropped = () => false }: Lies): string[] {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyId = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${publicKey.export({ format: 'jwk' }).x}"}`).digest('base64url');
  const [tree, dropped, told] = [new LeafTree(), new Map<string, number>(), [] as string[]];
  let leaves = 0;
  for (const line of lines.slice(1)) {
    const read = JSON.parse(line) as { leaf?: Leaf; coefficient?: Record<string, unknown>; release?: { month: string; content: string } };
    if (read.coefficient) told.push(JSON.stringify({ coefficient: change(read.coefficient) }));
    if (read.release) {
      const signed = JSON.parse(read.release.content) as OpenData;
      const lastSeqs = Object.fromEntries(Object.entries(signed.counted.lastSeqs)
        .map(([sender, seq]) => [sender, seq - (dropped.get(sender) ?? 0)]));
      const content = canonicalJson(lie({ ...signed, counted: { leaves: tree.size, lastSeqs } }));
      told.push(JSON.stringify({ release: {
        month: read.release.month, content, sha256: createHash('sha256').update(content).digest('hex'), keyId, signature: sign(null, Buffer.from(content), privateKey).toString('base64') } }));
    }
    if (!read.leaf) continue;
    leaves += 1;
    if (isDropped(read.leaf, leaves)) {
      dropped.set(read.leaf.sender, (dropped.get(read.leaf.sender) ?? 0) + 1);
      continue;
    }
    const leaf = canonicalJson({ ...read.leaf, seq: read.leaf.seq - (dropped.get(read.leaf.sender) ?? 0) });
    told.push(`{"hash":"${tree.add(Buffer.from(leaf))}","leaf":${leaf}}`);
  }
  const [origin, time] = ['other.example/audit', '2026-05-20T10:00:00.000Z'];
  const text = `${origin}\n${tree.size}\n${Buffer.from(tree.root(), 'hex').toString('base64')}\ntime ${time}\n`;
  const signature = Buffer.concat([Buffer.alloc(4), sign(null, Buffer.from(text), privateKey)]).toString('base64');
  const checkpoint = { size: tree.size, root: tree.root(), time, origin, keyId, signature: '', note: `${text}\n\u2014 ${origin} ${signature}\n` };
  const keys = [{ keyId, noteVerifier: '', pem: publicKey.export({ format: 'pem', type: 'spki' }) }];
  return [JSON.stringify({ format: 'mereau.audit-export.v1', origin, size: tree.size, root: tree.root(), checkpoint, keys }), ...told, JSON.stringify({ checkpoint })];
}

/** Of the programme of this spec in a month. */
const inMonth = (month: string, change: (row: OpenData['programmes'][number]) => object) => (content: OpenData): OpenData => ({
  ...content, programmes: content.programmes.map((row) => (content.month === month ? { ...row, ...change(row) } : row)),
});

describe('the months of open data of an export', () => {
  it('are what the leaves above them and the coefficients come to', async () => {
    const verdict = await verdictOf(lines);
    expect([verdict.firstWrong, verdict.figures]).toEqual(
      [null, { months: 2, unjudgedMonths: 0, missingFrom: null, firstDifferent: null }]);
    const [march, april] = lines.filter((line) => line.startsWith('{"release"')).map((line) => JSON.parse((JSON.parse(line) as { release: { content: string } }).release.content) as OpenData);
    expect(march!.services).toMatchObject([{ departement: '42', service: 'employment', redemptions: 12, amountCents: 1_200, minutes: 720 }]);
    expect(march!.communes).toEqual([{ programmeId, commune: '42218', redemptions: 12, amountCents: 1_200, places: 1 }]);
    expect(march!.counted.lastSeqs).toEqual({ issuance: 5, redemption: 15 });
    expect(march!.programmes[0]!.impact).toMatchObject([
      { measure: 'jobs', coefficient: { code: 'legal_year_hours', version: 1 }, estimate: { value: 0.01 } }, { measure: 'avoided_cost_cents', unknown: 'no_coefficient' },
      { measure: 'local_spending_cents', coefficient: { code: 'local_share', version: 1 }, estimate: { low: 360, value: 600, high: 840 } }, { measure: 'consolidated_places', estimate: { value: 0 } },
    ]);
    // One person is told by nobody, nor what that person came to.
    expect(april!.programmes[0]).toMatchObject({ redemptions: null, impact: [{ unknown: 'few_people', estimate: null }, {}, {}, {}] });
  });

  it('name their events, one by one, to those who may read them', async () => {
    const of = `open-data/events?month=2026-03&programmeId=${showId('programme', idOf('programme', programmeId))}`;
    type Page = { items: { type: string; seq: number; eventId: string }[]; nextCursor: string | null; counted: { leaves: number } };
    const first = (await world.get(`${of}&limit=3`)).body as unknown as Page;
    const rest = (await world.get(`${of}&limit=200&cursor=${first.nextCursor}`)).body as unknown as Page;
    const all = [...first.items, ...rest.items];
    expect([first.counted.leaves, all.length, rest.nextCursor]).toEqual([20, 14, null]);
    expect(all.map(({ type }) => type)).toEqual(['range.activated.v1', 'range.handed_over.v1', ...Array<string>(12).fill('voucher.redeemed.v1')]);
    expect((await world.get(`events/${all[2]!.eventId}`)).body).toMatchObject({ seq: all[2]!.seq, type: 'voucher.redeemed.v1' });
    expect((await world.get(of.replace('2026-03', '2026-07'))).body.code).toBe('month_not_released');
    expect((await world.get(of, person({ organisationKind: 'payer', roles: ['payer'] }))).status).toBe(403);
  });

  it('are verified by the one file that needs node alone', () => {
    const run = spawnSync(process.execPath, ['docs/mereau-verify.mjs', write(lines)], { encoding: 'utf8' });
    const right = /right {2}figures +2 months of open data are what their events and coefficients come to; 0 of the first format name no events and are not judged; the last month is 2026-04/;
    expect(run).toMatchObject({ status: 0, stdout: expect.stringMatching(right) });
    const lie = spawnSync(process.execPath, ['docs/mereau-verify.mjs', write(signedAnew({ content: inMonth('2026-03', () => ({ redeemedCents: 1_300 })) }))], { encoding: 'utf8' });
    expect(lie).toMatchObject({ status: 1, stdout: expect.stringContaining(`redeemedCents of programme ${programmeId} in 2026-03 is published as 1300 and comes to 1200`) });
  });

  it('are held against those that somebody loaded, which were shown to them alone where the log has another text', async () => {
    const loaded = join(world.dataDir, 'loaded.json');
    const verified = (text: string) => {
      writeFileSync(loaded, text);
      return spawnSync(process.execPath, ['docs/mereau-verify.mjs', write(lines), '--published', loaded], { encoding: 'utf8' });
    };
    const { text } = await world.get('open-data/months/2026-03', null);
    expect(verified(text)).toMatchObject({ status: 0, stdout: expect.stringMatching(/right {2}published +1, each the text of this log/) });
    expect(verified((await world.get('open-data/months', null)).text)).toMatchObject({ status: 0, stdout: expect.stringContaining('2, each the text of this log') });
    const shown = JSON.parse(text) as { content: string };
    const other = verified(JSON.stringify({ ...shown, content: shown.content.replace('"redeemedCents":1200', '"redeemedCents":1300') }));
    expect(other).toMatchObject({ status: 1, stdout: expect.stringContaining('the open data of 2026-03 that were shown to you are another text than those in this log') });
    expect(verified('month,cents')).toMatchObject({ status: 2, stderr: expect.stringContaining('holds no month of open data') });
  });

  it('are right when they are signed anew without a lie, so that what follows is found for its lie alone', async () => {
    expect((await verdictOf(signedAnew({}))).firstWrong).toBeNull();
  });

  it.each<[string, Lies, object]>([
    ['a figure', { content: inMonth('2026-03', () => ({ redemptions: 14 })) }, { code: 'redemptions', month: '2026-03', published: 14, recomputed: 12 }],
    ['a figure that says unknown', { content: inMonth('2026-03', () => ({ places: null })) }, { code: 'places', published: null, recomputed: 1 }],
    ['a small group that is told', { content: inMonth('2026-04', () => ({ redemptions: 1 })) }, { code: 'redemptions', month: '2026-04', published: 1, recomputed: null }],
    ['a group of services', { content: (content) => ({ ...content, services: content.services.map((row) => ({ ...row, minutes: 721 })) }) },
      { code: 'services.42.employment.minutes', published: 721, recomputed: 720 }],
    ['a group that is left out', { content: (content) => ({ ...content, services: [] }) }, { code: 'services.42.employment.redemptions', published: null, recomputed: 12 }],
    ['a commune', { content: (content) => ({ ...content, communes: content.communes.map((row) => ({ ...row, commune: '42219' })) }) },
      { code: 'communes.42219.amountCents', published: 1_200, recomputed: null }],
    ['a row that is told beside the true one', { content: (content) => ({
      ...content, programmes: content.programmes.flatMap((row) => [{ ...row, redemptions: 9_000 }, row]) }) },
      { code: 'redemptions', month: '2026-03', published: 9_000, recomputed: 12 }],
    ['a figure that nobody knows', { content: inMonth('2026-03', () => ({ citizensHelped: 4_000 })) }, { code: 'citizensHelped', published: 4_000, recomputed: null }],
    ['an estimate', { content: inMonth('2026-03', ({ impact }) => ({ impact: impact.map((row) => (row.estimate ? { ...row, estimate: { ...row.estimate, high: 900_000 } } : row)) })) },
      { code: 'impact.jobs.high', published: 900_000, recomputed: 0.01 }],
    ['a coefficient that was rejected and is said to be accepted', { content: (content) => ({ ...content, coefficients: content.coefficients.filter(({ code }) => code !== 'local_share') }) },
      { code: 'impact.local_spending_cents.coefficient', published: 'local_share 1', recomputed: null }],
    ['an event that is missing', { isDropped: ({ type }, at) => type === 'voucher.redeemed.v1' && at === 8 }, { code: 'redeemedCents', month: '2026-03', published: 1_200, recomputed: 1_100 }],
    ['a measure of a place that is missing', { isDropped: ({ type, body }) => type === 'place.accredited.v1' && body['commune'] === '42218' },
      { code: 'services.42.employment.amountCents', published: 1_200, recomputed: null }],
  ])('name %s that was changed, with its month, what was published and what it comes to', async (_, lies, wanted) => {
    const verdict = await verdictOf(signedAnew(lies));
    expect(verdict.figures.firstDifferent).toMatchObject({ programmeId, ...wanted });
    expect(verdict.firstWrong).toMatchObject({ check: 'figures', reason: expect.stringContaining(programmeId) });
  });

  it('name a coefficient that is another in the registry, and one that is not there', async () => {
    const changed = await verdictOf(signedAnew({ coefficient: (one) => (one['code'] === 'local_share' ? { ...one, value: 0.6 } : one) }));
    expect(changed.firstWrong).toMatchObject({ check: 'figures', reason: 'the coefficient local_share version 1 of 2026-03 has the value 0.5, and 0.6 in the registry' });
    const gone = await verdictOf(lines.filter((line) => !line.includes('"code":"local_share"')));
    expect(gone.firstWrong).toMatchObject({ check: 'figures', reason: 'the coefficient local_share version 1 of 2026-03 is not in the registry' });
    const twice = (content: OpenData) => ({
      ...content, coefficients: content.coefficients.map((one) => ({ ...one, high: one.high * 2 })),
    });
    const lie = await verdictOf(signedAnew({ content: twice }));
    expect(lie.firstWrong?.reason).toMatch(/^the coefficient \w+ version 1 of 2026-03 has the high \d/);
  });

  it.each<[string, (line: string) => string | null, RegExp]>([
    ['a text that nobody signed', (line) => line.replace('\\"peopleMin\\":11', '\\"peopleMin\\":12'), /2026-03 are not the text that was hashed/],
    ['a key that nobody believes', (line) => line.replace(/"keyId":"[^"]{4}/, '"keyId":"AAAA'), /2026-03 are signed by the key AAAA/],
    ['a signature of another text', (line) => line.replace(/"signature":"[^"]{8}/, '"signature":"AAAAAAAA'), /2026-03 are not what was signed/],
  ])('name %s', async (_, change, reason) => {
    const changed = lines.map((line) => (line.startsWith('{"release"') ? change(line)! : line));
    expect((await verdictOf(changed)).firstWrong).toMatchObject({ check: 'figures', reason: expect.stringMatching(reason) });
  });

  it.each<[string, (content: OpenData) => object]>([
    ['a table more', (content) => ({ ...content, highlights: [{ peopleHelped: 4_000 }] })],
    ['a programme that no event names, without a figure', (content) => ({ ...content, programmes: [...content.programmes, { programmeId: 'p', impact: [] }] })],
    ['a word more in an estimate', (content) => inMonth('2026-03', ({ impact }) => ({ impact: impact.map((row) => ({ ...row, note: 'audited' })) }))(content)],
    ['its rows in another order', (content) => inMonth('2026-03', ({ impact }) => ({ impact: [...impact].reverse() }))(content)],
    ['another measure of small groups', (content) => ({ ...content, peopleMin: 5 })],
  ])('name a month that says %s', async (_, lie) => {
    expect((await verdictOf(signedAnew({ content: lie as (content: OpenData) => OpenData }))).firstWrong).toMatchObject({
      check: 'figures', reason: 'the open data of 2026-03 say something that is none of their figures, or say it twice or in another order',
    });
  });

  it.each<[string, (content: OpenData) => OpenData, string]>([
    ['does not name a sender that it counts', ({ counted: { leaves, lastSeqs: { issuance } }, ...rest }) => ({ ...rest, counted: { leaves, lastSeqs: { issuance: issuance! } } }),
      'the open data of 2026-03 count redemption up to 0, and its last number above them is 15'],
    ['was told before it was over', (content) => ({ ...content, madeAt: '2026-03-20T10:00:00.000Z' }),
      'the open data of 2026-03 were made on 2026-03-20T10:00:00.000Z, before 2026-04-08'],
    ['says that it was made later than it was', (content) => (content.month === '2026-03' ? { ...content, madeAt: '2026-05-21T10:00:00.000Z' } : content),
      'the open data of 2026-04 were made before those of the month before'],
    ['leaves out a coefficient that was in force the month before', (content) => (
      content.month === '2026-04' ? { ...content, coefficients: content.coefficients.filter(({ code }) => code !== 'local_share') } : content),
      'the month before 2026-04 was estimated by version 1 of local_share, and 2026-04 by none'],
  ])('name a month that %s', async (_, content, reason) => {
    expect((await verdictOf(signedAnew({ content }))).firstWrong).toMatchObject({ check: 'figures', reason });
  });

  it('name a month that counts less than was signed when it was made', async () => {
    const late = signedAnew({ content: (content) => ({ ...content, madeAt: '2026-06-10T10:00:00.000Z' }) });
    const alone = late.filter((line) => !line.startsWith('{"release":{"month":"2026-04"'));
    expect((await verdictOf(alone)).firstWrong).toMatchObject({
      check: 'figures', reason: '22 leaves were signed before the open data of 2026-03 were made, which count 20 of them' });
  });

  it('name a month that is not there before another, and tell of one that is over and not there', async () => {
    const without = (month: string) => lines.filter((line) => !line.startsWith(`{"release":{"month":"${month}"`));
    expect((await verdictOf(without('2026-03'))).firstWrong?.reason).toBe('the open data of 2026-04 stand where those of 2026-03 belong');
    const last = await verdictOf(without('2026-04'));
    expect([last.firstWrong, last.figures.missingFrom]).toEqual([null, '2026-04']);
    expect(last.checks.find(({ name }) => name === 'figures')!.detail).toMatch(/; 2026-04 is over and not here$/);
  });

  it('tell how many are of the first format, which nobody can judge, and judge those that follow', async () => {
    const first = (content: OpenData) => (content.month === '2026-03' ? { ...content, format: 'mereau.open-data.v1' as OpenData['format'], services: [] } : content);
    const { figures } = await verdictOf(signedAnew({ content: first }));
    expect(figures).toEqual({ months: 1, unjudgedMonths: 1, missingFrom: null, firstDifferent: null });
  });

  it('name a coefficient that is listed twice', async () => {
    const twice = lines.flatMap((line) => (line.includes('"code":"local_share"') && line.startsWith('{"coefficient"') ? [line.replace('0.5', '0.9'), line] : [line]));
    expect((await verdictOf(twice)).firstWrong).toMatchObject({ check: 'figures', reason: 'the coefficient local_share version 1 is listed a second time' });
  });

  it('name a month that calls itself one of the first format, after one that was judged', async () => {
    const asOfBefore = (content: OpenData) =>
      (content.month === '2026-04' ? { ...content, format: 'mereau.open-data.v1' as OpenData['format'], services: [] } : content);
    expect((await verdictOf(signedAnew({ content: asOfBefore }))).firstWrong)
      .toMatchObject({ check: 'figures', reason: 'the open data of 2026-04 are of a format that says less than the months before it' });
  });

  it('name a month that stands elsewhere, or is missing between two others', async () => {
    const at = lines.findIndex((line) => line.startsWith('{"release"'));
    const moved = [...lines.slice(0, at), lines[at + 1]!, lines[at]!, ...lines.slice(at + 2)];
    expect((await verdictOf(moved)).firstWrong?.reason).toMatch(/^the open data of 2026-03 count 20 leaves, and 21 stand above them$/);
    const april = lines.findLastIndex((line) => line.startsWith('{"release"'));
    const later = lines.with(april, lines[april]!.replace('"month":"2026-04"', '"month":"2026-05"'));
    expect((await verdictOf(later)).firstWrong?.reason).toBe('the open data of 2026-05 stand where those of 2026-04 belong');
  });
});
