import { Command } from '@nestjs/cqrs';
import type { PlaceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type CompletedPayee = Readonly<{ payeeId: string; joined: boolean }>;

export class CompletePayee extends Command<CompletedPayee | Rejected> {
  constructor(readonly request: Readonly<{ placeId: PlaceId; legalName: string; siren: string }>, readonly meta: Meta) { super(); }
}
