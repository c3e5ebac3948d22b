// A packet as audit makes it of a life, verified by one who shares nothing with the log; then altered in every way that somebody
// might try, and each lie has to be named by its file.
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ZipFile } from 'yazl';
import { AUDITOR, AuditWorld, OPERATOR } from '../../../../test/builders/audit-world.js';
import { canonicalJson } from '#libs/kernel';
import type { Service } from '#libs/contracts';
import { readPacket } from './read-packet.js';
import { verifyPacket } from './verify-packet.js';
import type { Trust } from './verify-export.js';

const NOBODY: Trust = { keyIds: [], kept: [] };
const CONTENT = 'what the statement of a place says, to the cent';
const INVOICE = '%PDF-1.7 an invoice';
type Files = Map<string, Buffer>;

let documents: Server;
let world: AuditWorld;
let size: number;
let packet: Buffer;
let files: Files;
const id: Record<string, string> = {};
const asked: (string | undefined)[] = [];

/** Settlement and issuance, as far as a packet asks them. They know one caller. */
const answering = () => createServer((request, response) => {
  asked.push(request.headers.authorization);
  const [path] = (request.url ?? '').split('?');
  if (request.headers.authorization !== `Bearer ${AUDITOR.userId}`) return response.writeHead(403).end();
  if (path === `/settlement/statements/stm_${id['statement']}`) return response.end(JSON.stringify({ content: CONTENT }));
  if (path?.endsWith('/file')) return response.end('%PDF-1.7 a statement');
  if (path === '/issuance/invoices') return response.end(JSON.stringify({ items: [{ invoiceId: 'inv_1' }, { invoiceId: `inv_${id['invoice']}` }] }));
  if (path === `/issuance/invoices/inv_${id['invoice']}/pdf`) return response.end(INVOICE);
  return response.writeHead(404).end();
});

beforeAll(async () => {
  documents = answering().listen(0, '127.0.0.1');
  await new Promise((listening) => documents.once('listening', listening));
  const origin = `http://127.0.0.1:${(documents.address() as AddressInfo).port}`;
  world = await AuditWorld.create({ documentOrigins: { issuance: origin, settlement: origin } });
  for (const name of ['line', 'order', 'payer', 'batch', 'place', 'payee', 'custody', 'redemption', 'statement', 'payment', 'debit', 'handOver', 'distributor', 'invoice']) id[name] = world.newId();
  await tell('settlement', 'bank_credit.booked.v1', { bankLineId: id['line'], amountCents: 2_000, references: ['RF00'] });
  await tell('issuance', 'receipt.matched.v1', { bankLineId: id['line'], orderId: id['order'], amountCents: 2_000, shares: [{ payerId: id['payer'], amountCents: 2_000 }] });
  await tell('issuance', 'invoice.issued.v1', {
    invoiceId: id['invoice'], orderId: id['order'], payerId: id['payer'], faceCents: 2_000, feeCents: 0, vatCents: 0,
    pdfSha256: createHash('sha256').update(INVOICE).digest('hex'),
  });
  await tell('issuance', 'batch.created.v1', { batchId: id['batch'], orderId: id['order'], count: 2, faceCents: 1_000, bookletSize: 2 });
  await tell('issuance', 'range.activated.v1', {
    activationId: world.newId(), batchId: id['batch'], first: 0, last: 1, amountCents: 2_000, shares: [{ payerId: id['payer'], amountCents: 2_000 }],
  });
  await tell('issuance', 'range.handed_over.v1', { handOverId: id['handOver'], batchId: id['batch'], distributorId: id['distributor'], first: 0, last: 1 });
  await tell('settlement', 'payee.validated.v1', { payeeId: id['payee'], placeId: id['place'], bankVersion: 1 });
  await redeem(id['redemption']!, 0);
  await tell('settlement', 'statement.closed.v1', {
    statementId: id['statement'], payeeId: id['payee'], custodyAccountId: id['custody'], upToSeq: 1, lines: 1, grossCents: 1_000, feeCents: 20, vatCents: 4,
    commonsCents: 10, netCents: 966, sha256: createHash('sha256').update(CONTENT).digest('hex'),
  });
  await tell('settlement', 'payment.booked.v1', { paymentId: id['payment'], statementIds: [id['statement']], bankLineId: id['debit'], amountCents: 966 });
  size = Number((await world.post('checkpoints')).body['size']);
  packet = await world.bytes(`evidence?redemptionId=red_${id['redemption']}`);
  files = await readPacket(write('packet.zip', packet));
}, 180_000);
afterAll(async () => {
  await world?.close();
  documents?.closeAllConnections();
  documents?.close();
});

const tell = (sender: Service, type: string, body: object, eventId = world.newId()) => world.take(sender, [{ type, body, id: eventId }]);
const redeem = (redemptionId: string, voucherIndex: number) => tell('redemption', 'voucher.redeemed.v1', {
  redemptionId, voucherId: world.newId(), batchId: id['batch'], placeId: id['place'], voucherIndex, amountCents: 1_000, custodyAccountId: id['custody'],
}, redemptionId);
const write = (name: string, bytes: Buffer): string => {
  const path = join(world.dataDir, name);
  writeFileSync(path, bytes);
  return path;
};

async function zipped(of: Files): Promise<string> {
  const zip = new ZipFile();
  for (const [path, bytes] of of) zip.addBuffer(bytes, path);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream as unknown as AsyncIterable<Buffer>) pieces.push(piece);
  return write('altered.zip', Buffer.concat(pieces));
}
/** As somebody does it who knows how packets are made. */
function mended(of: Files): Files {
  const manifest = JSON.parse(of.get('manifest.json')!.toString()) as { files: unknown };
  manifest.files = [...of].filter(([path]) => path !== 'manifest.json')
    .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }));
  return new Map([...of, ['manifest.json', Buffer.from(canonicalJson(manifest))]]);
}
const edited = (path: string, from: string, to: string): Files => {
  const text = files.get(path)!.toString();
  expect(text).toContain(from);
  return new Map([...files, [path, Buffer.from(text.replaceAll(from, to))]]);
};
const pathOf = (part: string): string => [...files.keys()].find((path) => path.includes(part))!;
const leafOf = (type: string): string => [...files].find(([path, bytes]) => path.endsWith('.leaf.json') && bytes.includes(`"type":"${type}"`))![0];

describe('a packet of evidence', () => {
  it('is verified from its bytes alone, and tells its way in two languages', async () => {
    const verdict = await verifyPacket(write('packet.zip', packet), NOBODY);
    expect([verdict.firstWrong, verdict.verified, verdict.events]).toEqual([null, true, 9]);
    expect(files.get('trace.fr.html')!.toString()).toContain('La banque débite le virement au lieu');
    expect(files.get('trace.en.html')!.toString()).toContain('€10.00');
    expect(files.get('checkpoint.txt')!.toString()).toBe((await world.get('checkpoints/latest', null)).body['note']);
  });

  it('holds the documents that whoever asks may see, and names those that were not given', async () => {
    const manifest = (of: Files) => JSON.parse(of.get('manifest.json')!.toString()) as { missing: { path: string; why: string }[] };
    expect(files.get(`documents/stm_${id['statement']}.txt`)!.toString()).toBe(CONTENT);
    expect(files.get(`documents/stm_${id['statement']}.fr.pdf`)!.toString()).toContain('%PDF');
    expect(manifest(files).missing).toEqual([{ path: 'documents/inv_1.pdf', why: 'answered 404' }]);
    expect(new Set(asked)).toEqual(new Set([`Bearer ${AUDITOR.userId}`]));
    const theirs = await readPacket(write('operator.zip', await world.bytes(`evidence?redemptionId=red_${id['redemption']}`, OPERATOR)));
    expect(manifest(theirs).missing.map(({ why }) => why)).toEqual(['answered 403', 'answered 403', 'answered 403']);
    expect((await verifyPacket(write('operator.zip', await world.bytes(`evidence?redemptionId=red_${id['redemption']}`, OPERATOR)), NOBODY)).verified).toBe(true);
  });

  it('says which documents no event of it tells of, so that nobody takes them for proved', async () => {
    const toldOf = async (path: string) => (await verifyPacket(path, NOBODY)).checks.find(({ name }) => name === 'documents');
    const drawn = `documents/stm_${id['statement']}.fr.pdf`;
    expect(await toldOf(write('packet.zip', packet))).toMatchObject({ isRight: true, detail: `2 are what was sealed; not judged, for no event here tells of them: ${drawn}` });
    const untold = `documents/inv_${world.newId()}.pdf`;
    const more = await zipped(mended(new Map([...files, [untold, Buffer.from('%PDF-1.7 of nobody')]])));
    expect(await toldOf(more)).toMatchObject({ isRight: true, detail: expect.stringContaining(`not judged, for no event here tells of them: ${drawn}, ${untold}`) });
  });

  it('is the same bytes for the same checkpoint, whatever happened since', async () => {
    await redeem(world.newId(), 1);
    await tell('settlement', 'payment.returned.v1', { paymentId: id['payment'], statementIds: [id['statement']], bankLineId: world.newId(), amountCents: 966 });
    await world.post('checkpoints');
    const again = await world.bytes(`evidence?redemptionId=red_${id['redemption']}&size=${size}`);
    expect(createHash('sha256').update(again).digest('hex')).toBe(createHash('sha256').update(packet).digest('hex'));
    const later = await readPacket(write('later.zip', await world.bytes(`evidence?redemptionId=red_${id['redemption']}`)));
    expect(later.get('trace.en.html')!.toString()).toContain('The payment comes back');
    expect((await verifyPacket(write('later.zip', await world.bytes(`evidence?batchId=bat_${id['batch']}`)), NOBODY)).firstWrong).toBeNull();
  });

  it('is for auditors and the operator, from one beginning, of a checkpoint that there is', async () => {
    const till = { ...OPERATOR, userId: world.newId(), organisationKind: 'place' as const, roles: ['till' as const] };
    expect((await world.get(`evidence?redemptionId=red_${id['redemption']}`, till)).status).toBe(403);
    expect((await world.get('evidence')).status).toBe(400);
    expect((await world.get(`evidence?redemptionId=red_${world.newId()}`)).body.code).toBe('trace_not_found');
    expect((await world.get(`evidence?redemptionId=red_${id['redemption']}&size=3`)).body.code).toBe('checkpoint_not_found');
    expect((await world.get(`evidence?serial=XX-0000-0000`)).body.code).toBe('serial_not_told');
  });

  it('is held against the key and the checkpoint that its reader has from elsewhere', async () => {
    const path = write('packet.zip', packet);
    expect((await verifyPacket(path, { keyIds: ['another'], kept: [] })).firstWrong).toMatchObject({ check: 'checkpoint' });
    const { items } = (await world.get('checkpoints?limit=50', null)).body as unknown as { items: Trust['kept'] };
    const kept = items.filter((checkpoint) => checkpoint.size === size);
    expect((await verifyPacket(path, { keyIds: [], kept })).verified).toBe(true);
    expect((await verifyPacket(path, { keyIds: [], kept: [{ ...kept[0]!, root: 'ab'.repeat(32) }] })).firstWrong).toMatchObject({ check: 'kept' });
  });
});

describe('an altered packet', () => {
  const CASES: readonly (readonly [string, () => Files, { check: string; path: RegExp }])[] = [
    ['with an amount edited in an event', () => mended(edited(leafOf('payment.booked.v1'), '"amountCents":966', '"amountCents":996')), { check: 'events', path: /leaf\.json$/ }],
    ['with an event of another log', () => mended(new Map([...files, [leafOf('voucher.redeemed.v1'), files.get(leafOf('batch.created.v1'))!]])), { check: 'events', path: /leaf\.json$/ }],
    ['without one of its proofs', () => mended(new Map([...files].filter(([path]) => path !== pathOf('.proof.json')))), { check: 'events', path: /proof\.json$/ }],
    ['without one of its events', () => mended(new Map([...files].filter(([path]) => path !== leafOf('statement.closed.v1')))), { check: 'trace', path: /trace\.json/ }],
    ['with another amount in the trace', () => mended(edited('trace.json', '"amountCents":966', '"amountCents":996')), { check: 'trace', path: /trace\.json/ }],
    ['with another place in the trace', () => mended(edited('trace.json', id['place']!, id['payee']!)), { check: 'trace', path: /trace\.json/ }],
    ['that tells a payment as returned', () => mended(edited('trace.json', '"reached":"paid"', '"reached":"returned"')), { check: 'trace', path: /trace\.json/ }],
    ['that tells a step by another name', () => mended(edited('trace.json', '"step":"payment_debited"', '"step":"payment_returned"')), { check: 'trace', path: /trace\.json/ }],
    ['with other words', () => mended(edited('trace.en.html', 'The bank debits', 'Nobody debits')), { check: 'words', path: /trace\.en\.html/ }],
    ['with another statement', () => mended(edited(`documents/stm_${id['statement']}.txt`, 'cent', 'euro')), { check: 'documents', path: /\.txt$/ }],
    ['with another invoice', () => mended(edited(`documents/inv_${id['invoice']}.pdf`, 'an invoice', 'no invoice')), { check: 'documents', path: /inv_.*\.pdf$/ }],
    ['with another booklet', () => mended(edited('trace.json', '"booklet":1', '"booklet":2')), { check: 'trace', path: /trace\.json/ }],
    ['with a document changed beside its manifest', () => edited(`documents/stm_${id['statement']}.fr.pdf`, 'a statement', 'b statement'), { check: 'files', path: /\.fr\.pdf$/ }],
    ['with a file that nobody told', () => new Map([...files, ['documents/more.pdf', Buffer.from('x')]]), { check: 'files', path: /more\.pdf/ }],
    ['with a checkpoint of another size', () => mended(edited('checkpoint.txt', `\n${size}\n`, `\n${size + 1}\n`)), { check: 'checkpoint', path: /checkpoint\.txt/ }],
    ['without a manifest', () => new Map([...files].filter(([path]) => path !== 'manifest.json')), { check: 'manifest', path: /manifest\.json/ }],
  ];

  it.each(CASES)('%s is not verified, and its first lie is named', async (_what, change, { check, path }) => {
    const verdict = await verifyPacket(await zipped(change()), NOBODY);
    expect(verdict.verified).toBe(false);
    expect(verdict.firstWrong).toMatchObject({ check, path: expect.stringMatching(path) });
    expect(verdict.checks.find(({ name }) => name === check)!.isRight).toBe(false);
  });

  it('that is cut off is none', async () => {
    const verdict = await verifyPacket(write('cut.zip', packet.subarray(0, packet.length - 100)), NOBODY);
    expect(verdict).toMatchObject({ verified: false, firstWrong: { check: 'manifest' } });
  });
});
