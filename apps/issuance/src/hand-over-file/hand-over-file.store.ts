import type { DistributorId, FileImportId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

export type KnownFile = Readonly<{ importId: FileImportId; takenAt: Date }>;

export async function keepFile(tx: Tx, importId: FileImportId, distributorId: DistributorId, sha256: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.hand_over_file (file_import_id, distributor_id, sha256)
    values (${importId}::uuid, ${distributorId}::uuid, ${sha256}) on conflict (file_import_id) do nothing`;
}

/** The last time that the distributor had these very bytes taken to their end. */
export async function knownFile(sql: Sql, distributorId: DistributorId, sha256: string): Promise<KnownFile | undefined> {
  const [row] = await sql.$queryRaw<KnownFile[]>`
    select i.id as "importId", i.finished_at as "takenAt" from issuance.hand_over_file f join issuance.file_import i on i.id = f.file_import_id
    where f.distributor_id = ${distributorId}::uuid and f.sha256 = ${sha256} and i.finished_at is not null order by i.finished_at desc limit 1`;
  return row;
}

/** Null: anybody's. */
export async function isFileOf(sql: Sql, importId: FileImportId, distributorId: DistributorId | null): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from issuance.hand_over_file f where f.file_import_id = ${importId}::uuid
      and (${distributorId}::uuid is null or f.distributor_id = ${distributorId}::uuid)`;
  return rows.length > 0;
}
