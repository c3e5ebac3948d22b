import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';

export type MemberAsked = Readonly<{ userId: string; organisationId: string; askedFrom: string | null }>;

export class EndMember extends Command<Readonly<{ userId: string }> | Rejected<RefusalCode> | KeyReused> {
  constructor(readonly member: MemberAsked, readonly meta: RequestMeta) {
    super();
  }
}
