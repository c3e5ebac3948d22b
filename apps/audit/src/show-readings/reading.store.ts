// Who looked at what under a mandate: what audit was asked stands in its own table, what the others were asked among the events.
import type { BodyOf, MandateReadV1 } from '#libs/contracts';
import type { Sql, Tx } from '#libs/persistence';

type Asked = BodyOf<typeof MandateReadV1>;

export async function insertReading(tx: Tx, { mandateIds, organisationId, userId, method, route, asked }: Asked): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.mandate_reading (id, mandate_ids, organisation_id, user_id, method, route, asked, read_at)
    values (${tx.newId()}::uuid, ${mandateIds}::uuid[], ${organisationId}::uuid, ${userId}::uuid, ${method}, ${route}, ${asked}, ${tx.now}::timestamptz)`;
}

export type ReadingRow = Asked & Readonly<{ readingId: string; service: string; readAt: Date }>;
export type ReadingFilter = Readonly<{ mandateId?: string | undefined; organisationId?: string | undefined; userId?: string | undefined }>;
export type ReadingCursor = readonly [at: string, id: string];

/** The newest first. */
export const listReadings = (
  sql: Sql, { mandateId = undefined, organisationId = undefined, userId = undefined }: ReadingFilter,
  limit: number, after: ReadingCursor | null,
): Promise<ReadingRow[]> => sql.$queryRaw<ReadingRow[]>`
  select id as "readingId", service, mandate_ids as "mandateIds", organisation_id as "organisationId", user_id as "userId", method, route, asked,
    read_at as "readAt"
  from audit.reading
  where (${mandateId ?? null}::uuid is null or ${mandateId ?? null}::uuid = any (mandate_ids))
    and (${organisationId ?? null}::uuid is null or organisation_id = ${organisationId ?? null}::uuid)
    and (${userId ?? null}::uuid is null or user_id = ${userId ?? null}::uuid)
    and (${after?.[0] ?? null}::timestamptz is null or (read_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
  order by read_at desc, id desc limit ${limit}`;
