// What was shown in a sign-in, besides how it was opened, and what its person could show: codes of an authenticator, and passkeys.
import type { Sql } from '#libs/persistence';
import type { Proofs } from './proof.decision.js';

/** Of factors that are still in force: what has ended proves nothing, in whatever sign-in it was shown. */
export async function proofsIn(sql: Sql, sessionId: string): Promise<Proofs> {
  const [row] = await sql.$queryRaw<Proofs[]>`
    select coalesce(s.opened_by, 'password') as "openedBy",
      (select max(u.used_at) from identity.second_factor_use u join identity.second_factor f on f.id = u.factor_id
        where u.session_id = s.id and f.ended_at is null) as "codeAt",
      (select max(u.used_at) from identity.passkey_use u join identity.passkey p on p.id = u.passkey_id
        where (u.session_id = s.id or u.id = s.opened_with) and p.ended_at is null) as "passkeyAt"
    from identity.session s where s.id = ${sessionId}::uuid`;
  return row ?? { openedBy: 'password', codeAt: null, passkeyAt: null };
}

/** Who has one must show it before another is put beside it or in its place. */
export async function hasSecondFactor(sql: Sql, userId: string): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from identity.second_factor where user_id = ${userId}::uuid and confirmed_at is not null and ended_at is null
    union all select 1 from identity.passkey where user_id = ${userId}::uuid and ended_at is null limit 1`;
  return rows.length > 0;
}
