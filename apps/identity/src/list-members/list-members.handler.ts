import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readAs } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { MEMBERS_MAX } from '../limits.js';
import { ListMembers, type MemberRow } from './list-members.query.js';

@QueryHandler(ListMembers)
export class ListMembersHandler implements IQueryHandler<ListMembers> {
  constructor(private readonly work: IdentityWork) {}

  execute({ organisationId }: ListMembers) {
    return readAs(this.work, organisationId, (sql) => sql.$queryRaw<MemberRow[]>`
      select u.id as "userId", u.name, u.email, m.roles, m.created_at as since, l.expires_at as "invitedUntil",
        case when not w.has_password then 'invited'
          when exists (select from identity.active_membership a where a.id = m.id) then 'in_force' else 'proposed' end as state,
        w.has_second_factor as "hasSecondFactor"
      from identity.membership m join identity."user" u on u.id = m.user_id join identity.sign_in_means w on w.user_id = u.id
        left join identity.mail_link l on l.user_id = u.id and l.purpose = 'invitation' and l.ended_at is null
      where m.organisation_id = ${organisationId}::uuid and m.ended_at is null order by u.name, u.id limit ${MEMBERS_MAX}`);
  }
}
