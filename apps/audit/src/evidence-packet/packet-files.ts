// The files of a packet, one after the other, as they are read: what it is about, each event with its proof, the documents.
import { leafPath, PATHS, proofPath, tracedSchema, tracePage, type PacketProof } from '#libs/evidence';
import { assert, canonicalJson, isRejected, showId, type Id } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { PublishedKey } from '../publish-checkpoint/notary.js';
import type { Checkpoint } from '../publish-checkpoint/signed-note.js';
import { proveInclusion } from '../prove-events/inclusion.js';
import { shownTrace } from '../trace-cent/trace-answer.js';
import type { Trace } from '../trace-cent/trace.decision.js';
import { PACKET_README } from './packet-readme.js';

export type PacketFile = Readonly<{ path: string; bytes: Buffer }>;
export type PacketContent = Readonly<{
  checkpoint: Checkpoint; keys: readonly PublishedKey[]; trace: Trace; begunWith: Readonly<Record<string, string>>;
}>;

const file = (path: string, text: string): PacketFile => ({ path, bytes: Buffer.from(text) });

export async function* packetFiles(sql: Sql, { checkpoint, keys, trace, begunWith }: PacketContent): AsyncGenerator<PacketFile> {
  const { size, root, origin, note } = checkpoint;
  yield file(PATHS.readme, PACKET_README);
  yield file(PATHS.note, note);
  yield file(PATHS.keys, `${canonicalJson({ keys })}\n`);
  const shown = shownTrace(trace, null);
  yield file(PATHS.trace, `${canonicalJson(shown)}\n`);
  const traced = tracedSchema.parse(shown);
  for (const language of ['fr', 'en'] as const) yield file(PATHS.pages[language], tracePage(traced, { origin, size, root, begunWith }, language));
  for (const { eventId } of [...trace.steps].sort((a, b) => a.leaf! - b.leaf!)) yield* provedEvent(sql, eventId as Id<'event'>, size);
}

async function* provedEvent(sql: Sql, eventId: Id<'event'>, size: number): AsyncGenerator<PacketFile> {
  const proof = await proveInclusion(sql, eventId, size);
  assert(!isRejected(proof), `event ${eventId} is in the log of ${size}, for the trace read it there`);
  const { index, leaf, leafHash, path, root } = proof;
  const shownId = showId('event', eventId);
  yield file(leafPath(index, shownId), leaf);
  yield file(proofPath(index, shownId), `${canonicalJson({ index, size, leafHash, path: [...path], root } satisfies PacketProof)}\n`);
}
