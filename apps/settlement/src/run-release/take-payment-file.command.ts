import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Rail } from '../payment-source.decision.js';
import type { RunId } from '../settlement-runs/settlement-runs.commands.js';

export type TakenFile = Readonly<{ rail: Rail; bytes: Uint8Array; sha256: string; messageId: string; downloads: number }>;

/** Reads the file and marks who took it: no key, because taking it twice is two facts. */
export class TakePaymentFile extends Command<TakenFile | Rejected> {
  constructor(readonly runId: RunId, readonly by: Readonly<{ userId: string; correlationId: string }>) { super(); }
}
