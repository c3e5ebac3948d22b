import { Query } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import type { Rejected } from '#libs/kernel';
import type { Traced } from '../trace-cent/trace-cent.query.js';

export type Packet = Readonly<{ size: number; zip: Readable }>;
export type PacketAsked = Readonly<{
  of: Traced;
  /** As it was asked for, for whoever reads the packet. */
  begunWith: Readonly<Record<string, string>>;
  /** Of a checkpoint; null is the newest. */
  size: number | null;
  /** Documents are fetched as whoever asks, and not as audit. */
  authorization: string;
}>;

/** What somebody needs who was not there, and believes nobody: the same bytes for the same beginning and size. */
export class EvidencePacket extends Query<Packet | Rejected> {
  constructor(readonly asked: PacketAsked) {
    super();
  }
}
