import { Command } from '@nestjs/cqrs';
import type { DeviceId, RedemptionId, Rejected } from '#libs/kernel';
import type { HttpMeta } from '#libs/http';
import type { Capture } from './receive-captures.decision.js';

/** Answers which captures are refused before they are decided; the others go the way of every redemption. */
export class ReceiveCaptures extends Command<ReadonlyMap<RedemptionId, Rejected>> {
  constructor(readonly deviceId: DeviceId, readonly captures: readonly Capture[], readonly meta: HttpMeta) { super(); }
}
