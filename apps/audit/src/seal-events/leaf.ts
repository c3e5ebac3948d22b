// The text of a leaf, and its hash: of an event that was kept, and of a message that is about to be. They are the same text, by
// construction here and by A3, which asks the database about what was stored.
import { hash } from 'node:crypto';
import type { Envelope, Service } from '#libs/contracts';
import { canonicalJson } from '#libs/kernel';

/** The bytes that a leaf is the hash of. `event` is JSON as the database writes it, in whatever order. */
export const leafText = (event: string): string => canonicalJson(JSON.parse(event));

/** As services write their times: the database keeps six decimals, and a leaf shows all of them. */
const WRITTEN_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(\d{3}|\d{6})Z$/;

/** SHA-256 after RFC 6962, hex; null for a message whose time is written otherwise: the database hashes what it made of it. */
export function leafHashOf(sender: Service, message: Envelope): string | null {
  const decimals = WRITTEN_TIME.exec(message.occurredAt)?.[1]?.length;
  if (decimals === undefined) return null;
  const occurredAt = decimals === 6 ? message.occurredAt : `${message.occurredAt.slice(0, -1)}000Z`;
  const { actor, causationId, correlationId, id, seq, subject, subjectVersion, type, body } = message;
  return hash('sha256', `\0${canonicalJson({
    actor, body, causationId, correlationId, id: id.toLowerCase(), occurredAt, sender, seq, subject, subjectVersion, type,
  })}`);
}
