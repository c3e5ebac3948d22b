// An export as audit makes it, of events that nobody played: one payment that covers everything, one range of vouchers, and as many
// redemptions as are wanted. What the verifier asks of a log holds for it.
import { generateKeyPairSync } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { uuidv7 } from 'uuidv7';
import { BankCreditBookedV1, RangeActivatedV1, ReceiptMatchedV1, VoucherRedeemedV1, type Contract, type Service } from '#libs/contracts';
import { canonicalJson } from '#libs/kernel';
import { LeafTree, thumbprint } from '#libs/proofs';
import { signCheckpoint } from '../../../audit/src/publish-checkpoint/signed-note.js';

const ORIGIN = 'bench.mereau.example/log';
const CENTS_EACH = 1_000;

type Said = Readonly<{ sender: Service; contract: Contract; body: object }>;

/** The leaves are made twice, and never all kept: the header, which stands first, needs the root over them. */
export async function writeExport(path: string, events: number): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = { keyId: thumbprint(publicKey), publicKey, privateKey };
  const at = new Date();
  const tree = new LeafTree();
  for (const leaf of leavesOf(events, at)) tree.add(Buffer.from(leaf));
  const checkpoint = signCheckpoint({ origin: ORIGIN, size: tree.size, root: tree.root(), at }, key);
  const pem = key.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const file = createWriteStream(path);
  const write = async (line: string) => { if (!file.write(`${line}\n`)) await once(file, 'drain'); };
  await write(JSON.stringify({ format: 'mereau.audit-export.v1', origin: ORIGIN, size: tree.size, root: tree.root(), checkpoint, keys: [{ pem }] }));
  const again = new LeafTree();
  for (const leaf of leavesOf(events, at)) await write(`{"hash":"${again.add(Buffer.from(leaf))}","leaf":${leaf}}`);
  await write(JSON.stringify({ checkpoint }));
  file.end();
  await finished(file);
}

/** The same texts each time: ids are made of the number, as far as a real one shows its time. */
function* leavesOf(events: number, at: Date): Generator<string> {
  const seqs = new Map<Service, number>();
  for (const { sender, contract, body } of said(events)) {
    const seq = (seqs.get(sender) ?? 0) + 1;
    seqs.set(sender, seq);
    yield canonicalJson({
      sender, seq, id: idOf(sender, seq), type: contract.type, subject: `bench:${seq}`, subjectVersion: 1, occurredAt: at.toISOString(),
      actor: { kind: 'service', id: sender }, causationId: null, correlationId: `req-${seq}`, body,
    });
  }
}

function* said(events: number): Generator<Said> {
  const redemptions = events - 3;
  const amountCents = redemptions * CENTS_EACH;
  const { payerId } = ReceiptMatchedV1.sample.shares[0]!;
  const shares = [{ payerId, amountCents }];
  yield { sender: 'settlement', contract: BankCreditBookedV1, body: { ...BankCreditBookedV1.sample, amountCents } };
  yield { sender: 'issuance', contract: ReceiptMatchedV1, body: { ...ReceiptMatchedV1.sample, amountCents, shares } };
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
