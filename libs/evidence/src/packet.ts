// The form of an evidence packet. Every file but the manifest stands in it with its SHA-256; the manifest comes last, because
// the packet is written as it is read from the log.
import { z } from 'zod';

export const PACKET_FORMAT = 'mereau.evidence.v1';

export const PATHS = {
  readme: 'LISEZ-MOI-README.txt', note: 'checkpoint.txt', keys: 'keys.json', trace: 'trace.json', pages: { fr: 'trace.fr.html', en: 'trace.en.html' },
  manifest: 'manifest.json',
} as const;

/** The bytes that a leaf is the hash of, and nothing else; in the order of the log when sorted by name. */
export const leafPath = (index: number, eventId: string): string => `events/${String(index).padStart(15, '0')}-${eventId}.leaf.json`;
export const proofPath = (index: number, eventId: string): string => leafPath(index, eventId).replace(/\.leaf\.json$/, '.proof.json');
export const LEAF_PATH = /^events\/(?<index>\d{15})-(?<eventId>evt_[0-9a-f-]{36})\.leaf\.json$/;
/** The text that the digest in a `statement.closed.v1` is taken of. */
export const statementTextPath = (statementId: string): string => `documents/${statementId}.txt`;
export const STATEMENT_TEXT_PATH = /^documents\/(?<statementId>stm_[0-9a-f-]{36})\.txt$/;
/** As it left, an invoice or a credit note: both bear the letters of invoices. */
export const INVOICE_PDF_PATH = /^documents\/inv_(?<invoiceId>[0-9a-f-]{36})\.pdf$/;

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const proofSchema = z.strictObject({ index: z.int(), size: z.int(), leafHash: hash, path: z.array(hash), root: hash });
export type PacketProof = z.output<typeof proofSchema>;

export const keysSchema = z.strictObject({
  keys: z.array(z.strictObject({ keyId: z.string(), noteVerifier: z.string(), pem: z.string() })).min(1),
});

export const manifestSchema = z.strictObject({
  format: z.literal(PACKET_FORMAT), origin: z.string(), size: z.int().positive(), root: hash,
  begunWith: z.record(z.string(), z.union([z.string(), z.int()])),
  /** A bound was met, so there is more than this packet holds. */
  isCut: z.boolean(),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int().nonnegative(), sha256: hash })),
  /** Documents that were asked for and not given, with the answer to whoever asked. */
  missing: z.array(z.strictObject({ path: z.string(), why: z.string() })),
});
export type Manifest = z.output<typeof manifestSchema>;
