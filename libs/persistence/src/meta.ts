// Who or what asks for a change. The answer decides how "once" is kept: a request by its key, a message by the inbox,
// a process of our own by the state of the row that it works on.
import type { Actor } from '#libs/contracts';
import type { Tx } from './tx.js';

export type RequestMeta = Readonly<{
  kind: 'request';
  /** The caller's Idempotency-Key, a uuid. */
  key: string;
  route: string;
  /** SHA-256 over the parsed body, the caller and the route: the same key with other content is refused. */
  requestHash: string;
  callerId: string;
  actor: Actor;
  correlationId: string;
}>;

export type MessageMeta = Readonly<{ kind: 'message'; tx: Tx }>;

export type ProcessMeta = Readonly<{
  kind: 'process';
  name: string;
  correlationId: string;
  /** On whose behalf, where it is somebody's: a download is theirs each time, and not once per key. */
  actor?: Actor;
}>;

export type Meta = RequestMeta | MessageMeta | ProcessMeta;
