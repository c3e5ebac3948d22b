// A member of an organisation as identity keeps one, in its tables and in what it tells audit: for specs that need people, not their
// sign-in.
import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { MemberAddedV1 } from '#libs/contracts';

export type ToldMember = Readonly<{ organisationId: string; userId: string; kind: 'payer' | 'distributor' | 'place' }>;

/** The person and the organisation are there already. */
export async function insertToldMember(
  admin: pg.Client, { organisationId, userId, kind }: ToldMember, roles: readonly string[] = [kind],
): Promise<void> {
  await admin.query(`insert into identity.membership (user_id, organisation_id, kind, roles, created_by) values ($1, $2, $3, $4, 'test')`,
    [userId, organisationId, kind, roles]);
  const message = {
    id: uuidv7(), type: MemberAddedV1.type, subject: `organisation:${organisationId}`, subjectVersion: 1, occurredAt: new Date().toISOString(),
    causationId: null, correlationId: 'test', actor: { kind: 'system', id: 'test' },
    body: MemberAddedV1.schema.parse({ organisationId, userId, kind, roles }),
  };
  await admin.query('insert into identity.outbox (messages) values ($1)', [JSON.stringify([message])]);
}
