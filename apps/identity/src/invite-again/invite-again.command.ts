import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';

export class InviteAgain extends Command<Readonly<{ userId: string }> | Rejected<RefusalCode> | KeyReused> {
  constructor(readonly member: Readonly<{ userId: string; organisationId: string; askedFrom: string | null }>, readonly meta: RequestMeta) {
    super();
  }
}
