import { Command } from '@nestjs/cqrs';
import type { Role } from '#libs/auth';
import type { Rejected } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { MemberAsked } from '../end-member/end-member.command.js';
import type { RefusalCode } from '../refusals.js';

export class ChangeRoles extends Command<Readonly<{ userId: string }> | Rejected<RefusalCode> | KeyReused> {
  constructor(readonly member: MemberAsked, readonly roles: readonly Role[], readonly meta: RequestMeta) {
    super();
  }
}
