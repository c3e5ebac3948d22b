// Reads an export of the audit log once, from its first byte to its last, and believes nothing in it: neither the hashes
// nor the order nor the sums. It needs no database; what it cannot know is whose key signed, unless it is told.
import { z } from 'zod';
import { isCanonical } from '#libs/kernel';
import { checkpointSchema, faultOf, keysOf, LeafTree, type Keys, type SignedCheckpoint } from '#libs/proofs';
import { Checks, type Check, type Wrong } from './checks.js';
import { EventSums } from './events.js';
import { publishedFaults, type PublishedMonth } from './published-months.js';
import { readCoefficient, ReleasedFigures, type Differing } from './released-figures.js';
import type { KindBalance } from './ledger-sums.js';
import { readEvent } from './logged-event.js';
import { jsonIn, readLines, type Line } from './read-lines.js';

export type Trust = Readonly<{
  /** Ids of the keys to be believed; none means: those that the export itself names. */
  keyIds: readonly string[];
  /** Checkpoints that somebody kept elsewhere: each must be the beginning of this log. */
  kept: readonly SignedCheckpoint[];
  /** Months of open data as somebody was shown them: each must be the text of this log. */
  published?: readonly PublishedMonth[];
}>;

export type Verdict = Readonly<{
  verified: boolean;
  events: number;
  root: string;
  checks: readonly Check[];
  firstWrong: Wrong | null;
  cents: Readonly<{ issued: number; activated: number; redeemed: number; statementsNet: number; paid: number; returned: number }>;
  /** Months of open data that were made again from the leaves above them, those that could not be, and the first other figure. */
  figures: Readonly<{ months: number; unjudgedMonths: number; missingFrom: string | null; firstDifferent: Differing | null }>;
  /** What every account of the three ledgers comes to by the events alone, by kind. */
  balances: readonly KindBalance[];
  /** What crossed between two ledgers, by the pair and the kind of event. */
  clearing: readonly Readonly<{ between: string; type: string; events: number; amountCents: number }>[];
}>;

const NAMES = [
  'header', 'lines', 'leaves', 'checkpoints', 'kept', 'root', 'numbers', 'ids', 'contracts', 'clearing', 'balances', 'reversals', 'statements',
  'claims', 'payments', 'figures', 'published',
] as const;

const headerSchema = z.object({
  format: z.literal('mereau.audit-export.v1'), origin: z.string(), size: z.int().positive(), root: z.string(),
  checkpoint: checkpointSchema, keys: z.array(z.object({ pem: z.string() })).min(1),
});
type Header = z.output<typeof headerSchema>;

// {"hash":"<64 hex>","leaf":<text>}
const LEAF_LINE = /^\{"hash":"[0-9a-f]{64}","leaf":$/;
const [HASH_AT, LEAF_AT] = [9, 82];
const CHECKPOINT_LINE = '{"checkpoint":';
const COEFFICIENT_LINE = '{"coefficient":';
const RELEASE_LINE = '{"release":';

/** Throws when the file cannot be read. */
export async function verifyExport(path: string, trust: Trust): Promise<Verdict> {
  const reader = new ExportReader(trust);
  for await (const line of readLines(path)) {
    if (!reader.take(line)) break;
  }
  return reader.verdict();
}

class ExportReader {
  private readonly checks = new Checks(NAMES);
  private readonly tree = new LeafTree();
  private readonly sums = new EventSums();
  private readonly figures = new ReleasedFigures();
  private header: Header | undefined;
  private keys: Keys = new Map();
  private line = 0;
  private checkpoints = 0;
  private signedSize = 0;

  constructor(private readonly trust: Trust) {}

  /** False when nothing that follows could be judged. */
  take({ bytes, number, isWhole }: Line): boolean {
    this.line = number;
    if (!isWhole) return this.stop('lines', 'the line is cut off');
    if (number === 1) return this.takeHeader(bytes);
    if (LEAF_LINE.test(bytes.toString('latin1', 0, LEAF_AT)) && bytes.at(-1) === 0x7d) return this.takeLeaf(bytes);
    const starts = (text: string): boolean => bytes.toString('latin1', 0, text.length) === text;
    if (starts(CHECKPOINT_LINE)) return this.takeCheckpoint(bytes);
    if (starts(COEFFICIENT_LINE)) return this.takeCoefficient(bytes);
    if (starts(RELEASE_LINE)) return this.takeRelease(bytes);
    return this.stop('lines', 'the line is neither a leaf nor a checkpoint, a coefficient or a month of open data');
  }

  private stop(check: (typeof NAMES)[number], reason: string): boolean {
    this.checks.wrong(check, this.line, reason);
    return false;
  }

  private takeHeader(bytes: Buffer): boolean {
    const read = headerSchema.safeParse(jsonIn(bytes.toString()));
    if (!read.success) return this.stop('header', 'the first line is no header of mereau.audit-export.v1');
    this.header = read.data;
    const { size, root, checkpoint, keys } = read.data;
    try {
      const named = keysOf(keys.map(({ pem }) => pem));
      const { keyIds } = this.trust;
      this.keys = new Map([...named].filter(([keyId]) => keyIds.length === 0 || keyIds.includes(keyId)));
    } catch {
      return this.stop('header', 'a key is none');
    }
    const fault = faultOf(checkpoint, this.keys);
    if (fault) this.checks.wrong('header', 1, `its checkpoint ${fault}`);
    else if (checkpoint.size !== size || checkpoint.root !== root) this.checks.wrong('header', 1, 'its size and root are not those of its checkpoint');
    return true;
  }

  private takeLeaf(bytes: Buffer): boolean {
    const leaf = bytes.subarray(LEAF_AT, -1);
    const hash = this.tree.add(leaf);
    if (hash !== bytes.toString('latin1', HASH_AT, HASH_AT + 64)) {
      this.checks.wrong('leaves', this.line, `leaf ${this.tree.size - 1} is not what was sealed`);
    }
    const text = leaf.toString();
    const value = jsonIn(text);
    const event = readEvent(value);
    if (!event || !isCanonical(value, text)) {
      this.checks.wrong('leaves', this.line, `leaf ${this.tree.size - 1} is no event in canonical JSON`);
    } else {
      for (const { check, reason } of this.sums.add(event, this.line)) this.checks.wrong(check, this.line, reason);
      this.figures.add(event);
    }
    this.compareKept();
    return true;
  }

  private takeCheckpoint(bytes: Buffer): boolean {
    const read = z.strictObject({ checkpoint: checkpointSchema.loose() }).safeParse(jsonIn(bytes.toString()));
    if (!read.success) return this.stop('lines', 'the checkpoint cannot be read');
    const { checkpoint } = read.data;
    const { size } = this.tree;
    const fault = faultOf(checkpoint, this.keys)
      ?? (checkpoint.size === size ? undefined : `speaks of ${checkpoint.size} leaves, and ${size} stand above it`)
      ?? (checkpoint.root === this.tree.root() ? undefined : `has another root: one of the leaves ${this.signedSize} to ${size - 1} was changed`);
    if (fault) this.checks.wrong('checkpoints', this.line, `the checkpoint ${fault}`);
    else this.signedSize = size;
    const left = this.figures.checkpointFault(checkpoint);
    if (left) this.checks.wrong('figures', this.line, left);
    this.checkpoints += 1;
    return true;
  }

  private takeCoefficient(bytes: Buffer): boolean {
    const coefficient = readCoefficient(jsonIn(bytes.toString()));
    if (!coefficient) return this.stop('lines', 'the coefficient cannot be read');
    const fault = this.figures.addCoefficient(coefficient);
    if (fault) this.checks.wrong('figures', this.line, fault);
    return true;
  }

  private takeRelease(bytes: Buffer): boolean {
    const fault = this.figures.judge(jsonIn(bytes.toString()), { leaves: this.tree.size, lastSeqs: this.sums.lastSeqs, keys: this.keys });
    if (fault) this.checks.wrong('figures', this.line, fault);
    return true;
  }

  private compareKept(): void {
    for (const checkpoint of this.trust.kept) {
      if (checkpoint.size !== this.tree.size) continue;
      const fault = faultOf(checkpoint, this.keys) ?? (checkpoint.root === this.tree.root() ? undefined : 'has another root than this log');
      if (fault) this.checks.wrong('kept', this.line, `the kept checkpoint of ${checkpoint.size} leaves ${fault}`);
    }
  }

  verdict(): Verdict {
    const [{ checks, tree, sums, header }, root] = [this, this.tree.root()];
    if (!header) checks.wrong('header', 1, 'the file is empty or has no header');
    else if (tree.size !== header.size) checks.wrong('lines', this.line, `${tree.size} leaves are here, and the header says ${header.size}`);
    else if (root !== header.root) checks.wrong('root', this.line, `the leaves have the root ${root}, and the header says ${header.root}`);
    if (header && this.checkpoints === 0) checks.wrong('checkpoints', this.line, 'no checkpoint is here');
    for (const { size } of this.trust.kept.filter(({ size }) => size > tree.size)) {
      checks.wrong('kept', this.line, `the log ends after ${tree.size} leaves, before the kept checkpoint of ${size}: it was cut, or the export is older`);
    }
    for (const reason of publishedFaults(this.trust.published ?? [], this.figures.texts)) checks.wrong('published', this.line, reason);
    for (const { check, reason, line } of sums.end(this.signedAt, this.line)) checks.wrong(check, line, reason);
    const ofType = (type: string) => Number(sums.byType.get(type)?.amountCents ?? 0n);
    const firstWrong = checks.firstWrong();
    return {
      verified: firstWrong === null, events: tree.size, root, firstWrong, checks: checks.list(this.details(root)),
      cents: {
        issued: Number(sums.issuedCents), activated: ofType('range.activated.v1'), redeemed: ofType('voucher.redeemed.v1'),
        statementsNet: Number(sums.statementNetCents), paid: Number(sums.placePayments.booked - sums.placePayments.returned),
        returned: Number(sums.placePayments.returned),
      },
      figures: {
        months: this.figures.judgedMonths, unjudgedMonths: this.figures.unjudgedMonths, missingFrom: this.figures.missingBy(this.signedAt),
        firstDifferent: this.figures.firstDifferent,
      },
      balances: sums.ledgers.balances(),
      clearing: sums.crossings().map(({ count, amountCents, between, type }) =>
        ({ between, type, events: count, amountCents: Number(amountCents) })),
    };
  }

  private get signedAt(): string {
    return this.header?.checkpoint.time ?? '1970-01-01T00:00:00Z';
  }

  private details(root: string): Record<(typeof NAMES)[number], string> {
    const { tree, sums, trust } = this;
    return {
      header: `signed by ${[...this.keys.keys()].join(' or ')}${trust.keyIds.length === 0 ? ', the key that the export itself names (--key says which to believe)' : ''}`,
      lines: `${this.line} lines, ${tree.size} leaves`,
      leaves: 'each is what was sealed',
      checkpoints: `${this.checkpoints} signed, each with the root of the leaves above it`,
      kept: trust.kept.length === 0 ? 'none was given (--checkpoint FILE)' : `${trust.kept.length}, each the beginning of this log`,
      root,
      numbers: [...sums.lastSeqs].map(([sender, last]) => `${sender} 1 to ${last}`).join(', '),
      ids: `${sums.idCount} events, each once`,
      contracts: `${sums.byType.size - sums.unknownTypes.length} kinds of event, each as its contract says; unknown here: ${sums.unknownTypes.join(', ') || 'none'}`,
      clearing: sums.crossings().map(({ between, type, count, amountCents }) => `${between} ${amountCents} cents by ${count} ${type}`).join('; ') || 'no crossing',
      balances: `what crosses is the same in both ledgers, and no debt is below zero; ${sums.ledgers.balances().length} kinds of account with a balance (--json lists them)`,
      reversals: 'nothing is taken back twice, or more than there was',
      claims: `${sums.claims.judged.whole} statements are the sum of their lines; of ${sums.claims.judged.notTold} no event tells all lines`,
      statements: `gross is net + fee + VAT + commons; net ${sums.statementNetCents} cents in all`,
      payments: `no statement is paid twice, or more than it says; ${sums.placePayments.booked} cents left for places, ${sums.placePayments.returned} came back`,
      figures: this.figures.told(this.signedAt),
      published: trust.published?.length ? `${trust.published.length}, each the text of this log` : 'none was given (--published FILE)',
    };
  }
}
