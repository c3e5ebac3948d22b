// The text of a leaf, and its hash: of an event that was kept, and of a message that is about to be. They are the same text, by
// construction here and by A3, which asks the database about what was stored.
import { hash } from 'node:crypto';
import type { Envelope, Service } from '#libs/contracts';
import { canonicalJson } from '#libs/kernel';

/** The bytes that a leaf is the hash of. `event` is JSON as the database writes it, in whatever order. */
export const leafText = (event: string): string => canonicalJson(JSON.parse(event));

/** As services write their times: the database keeps six decimals, and a leaf shows all of them. */
const WRITTEN_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(\d{3}|\d{6})Z$/;

/**
 * A message as it will be kept, in the canonical JSON of its leaf, with the hash of that text (SHA-256 after RFC 6962, hex). No hash
 * where its time is written otherwise: the database hashes what it made of it.
 */
export function leafOf(sender: Service, message: Envelope): Readonly<{ text: string; hash: string | null }> {
  const { actor, body, causationId, correlationId, id, occurredAt, seq, subject, subjectVersion, type } = message;
  const decimals = WRITTEN_TIME.exec(occurredAt)?.[1]?.length;
  // The names stand here in their order: canonicalJson would sort them anew for each event that any service says.
  const text = `{"actor":${canonicalJson(actor)},"body":${canonicalJson(body)},"causationId":${JSON.stringify(causationId)},"correlationId":${
    JSON.stringify(correlationId)},"id":"${id.toLowerCase()}","occurredAt":"${decimals === 3 ? `${occurredAt.slice(0, -1)}000Z` : occurredAt
  }","sender":"${sender}","seq":${seq},"subject":${JSON.stringify(subject)},"subjectVersion":${subjectVersion},"type":${JSON.stringify(type)}}`;
  return { text, hash: decimals === undefined ? null : hash('sha256', `\0${text}`) };
}
