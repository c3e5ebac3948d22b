// An export as audit makes it, of events that nobody played: one payment that covers everything, one range of vouchers, as many redemptions
// as are wanted, all of one month, and the open data of that month. What the verifier asks of a log holds for it.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { uuidv7 } from 'uuidv7';
import {
  BankCreditBookedV1, BatchCreatedV1, PlaceAccreditedV1, ProgrammePublishedV1, RangeActivatedV1, ReceiptMatchedV1, VoucherRedeemedV1,
  type Contract, type Service,
} from '#libs/contracts';
import { FigureEvents, FIGURES_ZONE, figuresOf, openDataText } from '#libs/figures';
import { canonicalJson, type Month } from '#libs/kernel';
import { LeafTree, thumbprint } from '#libs/proofs';
import { signCheckpoint } from '../../../audit/src/publish-checkpoint/signed-note.js';

const ORIGIN = 'bench.mereau.example/log';
const CENTS_EACH = 1_000;
/** When everything happened, and when the figures of that month were made. */
const [AT, MONTH, TOLD_AT] = [new Date('2026-03-10T10:00:00.000Z'), '2026-03' as Month, new Date('2026-04-08T04:00:00.000Z')];

type Said = Readonly<{ sender: Service; contract: Contract; body: object }>;

/** The leaves are made twice, and never all kept: the header, which stands first, needs the root over them. */
export async function writeExport(path: string, events: number): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = { keyId: thumbprint(publicKey), publicKey, privateKey };
  const tree = new LeafTree();
  for (const leaf of leavesOf(events)) tree.add(Buffer.from(leaf));
  const checkpoint = signCheckpoint({ origin: ORIGIN, size: tree.size, root: tree.root(), at: AT }, key);
  const pem = key.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const file = createWriteStream(path);
  const write = async (line: string) => { if (!file.write(`${line}\n`)) await once(file, 'drain'); };
  await write(JSON.stringify({ format: 'mereau.audit-export.v1', origin: ORIGIN, size: tree.size, root: tree.root(), checkpoint, keys: [{ pem }] }));
  const again = new LeafTree();
  for (const leaf of leavesOf(events)) await write(`{"hash":"${again.add(Buffer.from(leaf))}","leaf":${leaf}}`);
  await write(JSON.stringify({ checkpoint }));
  const content = figuresText(events);
  const signature = sign(null, Buffer.from(content), privateKey).toString('base64');
  await write(JSON.stringify({ release: { month: MONTH, sha256: createHash('sha256').update(content).digest('hex'), keyId: key.keyId, signature, content } }));
  file.end();
  await finished(file);
}

/** The same texts each time: ids are made of the number, as far as a real one shows its time. */
function* leavesOf(events: number): Generator<string> {
  const numbers = new Numbers();
  for (const { sender, contract, body } of said(events)) {
    const seq = numbers.next(sender);
    yield canonicalJson({
      sender, seq, id: idOf(sender, seq), type: contract.type, subject: `bench:${seq}`, subjectVersion: 1, occurredAt: AT.toISOString(),
      actor: { kind: 'service', id: sender }, causationId: null, correlationId: `req-${seq}`, body,
    });
  }
}

function figuresText(events: number): string {
  const [figures, numbers] = [new FigureEvents(FIGURES_ZONE), new Numbers()];
  for (const { sender, contract: { type }, body } of said(events)) {
    numbers.next(sender);
    figures.take({ type, occurredAt: AT.toISOString(), body });
  }
  const counted = { leaves: events, lastSeqs: Object.fromEntries(numbers.last) };
  return openDataText({ origin: ORIGIN, month: MONTH, madeAt: TOLD_AT, counted, coefficients: [] }, figuresOf(figures, MONTH, []));
}

class Numbers {
  readonly last = new Map<Service, number>();

  next(sender: Service): number {
    const seq = (this.last.get(sender) ?? 0) + 1;
    this.last.set(sender, seq);
    return seq;
  }
}

/** Those that are no redemption. */
const FIRST = 6;

function* said(events: number): Generator<Said> {
  const redemptions = events - FIRST;
  const amountCents = redemptions * CENTS_EACH;
  const { payerId } = ReceiptMatchedV1.sample.shares[0]!;
  const shares = [{ payerId, amountCents }];
  yield { sender: 'settlement', contract: BankCreditBookedV1, body: { ...BankCreditBookedV1.sample, amountCents } };
  yield { sender: 'issuance', contract: ReceiptMatchedV1, body: { ...ReceiptMatchedV1.sample, amountCents, shares } };
  yield { sender: 'issuance', contract: ProgrammePublishedV1, body: ProgrammePublishedV1.sample };
  yield { sender: 'redemption', contract: PlaceAccreditedV1, body: PlaceAccreditedV1.sample };
  yield { sender: 'issuance', contract: BatchCreatedV1, body: { ...BatchCreatedV1.sample, count: redemptions } };
  yield { sender: 'issuance', contract: RangeActivatedV1, body: { ...RangeActivatedV1.sample, last: redemptions - 1, amountCents, shares } };
  for (let n = 1; n <= redemptions; n += 1) {
    const [redemptionId, voucherId] = [idOf('redemption', n), idOf('voucher', n)];
    yield { sender: 'redemption', contract: VoucherRedeemedV1, body: { ...VoucherRedeemedV1.sample, redemptionId, voucherId, amountCents: CENTS_EACH, voucherIndex: n - 1 } };
  }
}

const PREFIX = uuidv7().slice(0, 18);
/** The digit that tells kinds apart, where a uuid says that it is one. */
const KIND_DIGITS: Readonly<Record<string, string>> = { settlement: '8', issuance: '9', redemption: 'a', voucher: 'b' };
const idOf = (kind: Service | 'voucher', n: number): string => `${PREFIX}-${KIND_DIGITS[kind]}000-${n.toString(16).padStart(12, '0')}`;
