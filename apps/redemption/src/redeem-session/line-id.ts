import { createHash } from 'node:crypto';
import { idOf, type RedemptionId } from '#libs/kernel';

/**
 * The redemption id of a line of a session: a UUIDv7 with the time of the session's key and, where chance would stand, a
 * digest of key and position. So a till needs one key for a whole workshop, and the same request names the same redemptions.
 */
export function lineIdOf(sessionKey: string, line: number): RedemptionId {
  const digest = createHash('sha256').update(`${sessionKey}:${line}`).digest('hex');
  const time = sessionKey.slice(0, 13);
  const variant = '89ab'[Number.parseInt(digest[3]!, 16) % 4]!;
  return idOf('redemption', `${time}-7${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`);
}
