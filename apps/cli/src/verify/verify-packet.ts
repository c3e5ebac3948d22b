// Reads an evidence packet and believes nothing in it: not its manifest, not its words, not that its events were ever sealed.
// What it cannot know is whose key signed, unless it is told.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  keysSchema, LEAF_PATH, manifestSchema, PATHS, proofPath, proofSchema, INVOICE_PDF_PATH, STATEMENT_TEXT_PATH,
  tracedSchema, tracePage, type Manifest,
} from '#libs/evidence';
import { isCanonical } from '#libs/kernel';
import { faultOf, isIncluded, keysOf, leafHash, readNote, type Keys } from '#libs/proofs';
import type { Check } from './checks.js';
import { readEvent } from './logged-event.js';
import { fedLie, stepLie, threadLie, type ProvedEvent } from './packet-events.js';
import { readPacket } from './read-packet.js';
import type { Trust } from './verify-export.js';

const NAMES = ['manifest', 'files', 'checkpoint', 'kept', 'events', 'trace', 'words', 'documents'] as const;
type Name = (typeof NAMES)[number];
export type Lie = Readonly<{ check: Name; path: string; reason: string }>;
export type PacketVerdict = Readonly<{ verified: boolean; events: number; root: string; checks: readonly Check[]; firstWrong: Lie | null }>;

export async function verifyPacket(path: string, trust: Trust): Promise<PacketVerdict> {
  let files: ReadonlyMap<string, Buffer>;
  try {
    files = await readPacket(path);
  } catch (error) {
    return verdictOf([{ check: 'manifest', path, reason: `is no zip that can be read: ${(error as Error).message}` }], new Map());
  }
  const reader = new PacketReader(files, trust);
  return reader.verdict();
}

class PacketReader {
  private readonly lies: Lie[] = [];
  private readonly events = new Map<string, ProvedEvent>();
  private readonly documents = { right: 0, unjudged: [] as string[] };

  constructor(private readonly files: ReadonlyMap<string, Buffer>, private readonly trust: Trust) {}

  verdict(): PacketVerdict {
    const manifest = this.json(PATHS.manifest, manifestSchema, 'manifest');
    if (manifest) {
      this.compareFiles(manifest);
      this.judgeCheckpoint(manifest);
      this.proveEvents(manifest);
      this.compareTrace(manifest);
      this.compareDocuments();
    }
    return verdictOf(this.lies, this.events, manifest && { manifest, documents: this.documents });
  }

  private lie(check: Name, path: string, reason: string): void {
    this.lies.push({ check, path, reason });
  }

  private json<Schema extends z.ZodType>(path: string, schema: Schema, check: Name): z.output<Schema> | undefined {
    const bytes = this.files.get(path);
    const read = bytes && schema.safeParse(parsed(bytes));
    if (!read?.success) this.lie(check, path, bytes ? 'is not of the form that it has to have' : 'is missing');
    return read?.data;
  }

  private compareFiles({ files }: Manifest): void {
    for (const { path, bytes: told, sha256 } of files) {
      const bytes = this.files.get(path);
      if (!bytes) this.lie('files', path, 'is in the manifest and not in the packet');
      else if (createHash('sha256').update(bytes).digest('hex') !== sha256 || bytes.length !== told) this.lie('files', path, 'is not what the manifest says');
    }
    const told = new Set([PATHS.manifest, ...files.map(({ path }) => path)]);
    for (const path of this.files.keys()) if (!told.has(path)) this.lie('files', path, 'is in the packet and not in the manifest');
  }

  private judgeCheckpoint({ size, root, origin }: Manifest): void {
    const note = this.files.get(PATHS.note)?.toString() ?? '';
    const said = readNote(note);
    const keys = this.keys();
    const fault = !said ? 'is no signed note' : faultOf({ ...said, keyId: '', note }, keys);
    if (fault) this.lie('checkpoint', PATHS.note, fault);
    else if (said!.size !== size || said!.root !== root || !note.startsWith(`${origin}\n`)) this.lie('checkpoint', PATHS.note, 'signs another log than the manifest names');
    for (const kept of this.trust.kept) {
      const lie = faultOf(kept, keys) ?? (kept.size === size && kept.root !== root ? 'has another root than this packet' : undefined);
      if (lie) this.lie('kept', PATHS.note, `the kept checkpoint of ${kept.size} leaves ${lie}`);
    }
  }

  private keys(): Keys {
    const named = this.json(PATHS.keys, keysSchema, 'checkpoint')?.keys ?? [];
    try {
      const { keyIds } = this.trust;
      return new Map([...keysOf(named.map(({ pem }) => pem))].filter(([keyId]) => keyIds.length === 0 || keyIds.includes(keyId)));
    } catch {
      this.lie('checkpoint', PATHS.keys, 'a key is none');
      return new Map();
    }
  }

  private proveEvents({ size, root }: Manifest): void {
    for (const [path, leaf] of this.files) {
      const named = LEAF_PATH.exec(path)?.groups;
      if (!named) continue;
      const [index, eventId, text] = [Number(named['index']), named['eventId']!, leaf.toString()];
      const proof = this.json(proofPath(index, eventId), proofSchema, 'events');
      const value = parsed(leaf);
      const event = readEvent(value);
      const isProved = proof?.index === index && proof.size === size && proof.root === root && proof.leafHash === leafHash(leaf).toString('hex')
        && isIncluded({ index, size, leaf, path: proof.path, root });
      if (!isProved) this.lie('events', path, 'is not proved to be in the log that was signed');
      else if (!event || !isCanonical(value, text) || `evt_${event.id}` !== eventId) this.lie('events', path, 'is no event in canonical JSON, or another one than its name says');
      else this.events.set(eventId, { event, index });
    }
  }

  private compareTrace({ origin, size, root, begunWith, isCut }: Manifest): void {
    const traced = this.json(PATHS.trace, tracedSchema, 'trace');
    if (!traced) return;
    const lies = [
      ...traced.steps.map((step) => stepLie(step, this.events.get(step.eventId))),
      ...traced.redemptions.map((thread) => threadLie(thread, this.events)),
      ...traced.fed.map((one) => fedLie(one, this.events.get(one.eventId))),
      ...[...this.events.keys()].filter((eventId) => !traced.steps.some((step) => step.eventId === eventId)).map((eventId) => `no step tells of ${eventId}`),
      traced.isCut === isCut ? undefined : 'says of itself whether it was cut otherwise than the manifest',
    ];
    for (const reason of lies) if (reason) this.lie('trace', PATHS.trace, reason);
    for (const language of ['fr', 'en'] as const) {
      const path = PATHS.pages[language];
      if (this.files.get(path)?.toString() !== tracePage(traced, { origin, size, root, begunWith }, language)) this.lie('words', path, 'tells something else than the trace');
    }
  }

  /** What was sealed of a statement is the digest of its text; of an invoice to a payer, that of the PDF as it left; of others nothing. */
  private compareDocuments(): void {
    for (const [path, bytes] of this.files) {
      if (!path.startsWith('documents/')) continue;
      const sealed = this.sealedDigest(path);
      if (sealed === undefined) this.documents.unjudged.push(path);
      else if (sealed === createHash('sha256').update(bytes).digest('hex')) this.documents.right += 1;
      else this.lie('documents', path, 'is not the document whose digest was sealed when it was made');
    }
  }

  /** Undefined where no event here tells it: of before invoices were traced, and of PDFs beside a text. A text has its event. */
  private sealedDigest(path: string): string | undefined {
    const bodies = (ofType?: string) => [...this.events.values()].filter(({ event }) => ofType === undefined || event.type === ofType)
      .map(({ event: { body } }) => body as Readonly<Record<string, string | undefined>>);
    const statementId = STATEMENT_TEXT_PATH.exec(path)?.groups?.['statementId'];
    if (statementId) return bodies('statement.closed.v1').find((body) => `stm_${body['statementId']}` === statementId)?.['sha256'] ?? 'none';
    const invoiceId = INVOICE_PDF_PATH.exec(path)?.groups?.['invoiceId'];
    if (!invoiceId) return undefined;
    return bodies().find((body) => body['pdfSha256'] !== undefined && (body['creditNoteId'] ?? body['invoiceId']) === invoiceId)?.['pdfSha256'];
  }
}

type Judged = Readonly<{ manifest: Manifest; documents: Readonly<{ right: number; unjudged: readonly string[] }> }>;

function verdictOf(lies: readonly Lie[], events: ReadonlyMap<string, ProvedEvent>, judged?: Judged): PacketVerdict {
  const manifest = judged?.manifest;
  const details: Record<Name, string> = {
    manifest: `${manifest?.files.length} files, begun with ${JSON.stringify(manifest?.begunWith)}${manifest?.isCut ? '; CUT: a bound was met' : ''}`,
    files: `each is what the manifest says${manifest?.missing.length ? `; not given to whoever asked: ${manifest.missing.map(({ path }) => path).join(', ')}` : ''}`,
    checkpoint: `signed, ${manifest?.size} leaves`, kept: 'none contradicts it', events: `${events.size}, each in the log that was signed`,
    trace: 'says what the events say', words: 'say what the trace says', documents: `${judged?.documents.right} are what was sealed; not judged, for no event here tells of them: ${judged?.documents.unjudged.join(', ') || 'none'}`,
  };
  const checks = NAMES.map((name) => {
    const wrong = lies.find(({ check }) => check === name);
    const isRight = !wrong && manifest !== undefined;
    return { name, isRight, detail: wrong ? `${wrong.path}: ${wrong.reason}` : isRight ? details[name] : 'not judged' };
  });
  return { verified: lies.length === 0, events: events.size, root: manifest?.root ?? '', checks, firstWrong: lies[0] ?? null };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    return undefined;
  }
}
