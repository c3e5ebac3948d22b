// Public keys of printers.
import type { PrinterKeyId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

export type PrinterKey = Readonly<{
  printerKeyId: PrinterKeyId; name: string; fingerprint: string; registeredAt: Date; withdrawnAt: Date | null;
}>;
export type NewPrinterKey = Pick<PrinterKey, 'printerKeyId' | 'name' | 'fingerprint'> & Readonly<{ publicKey: string }>;

/** False when this key is there already. */
export async function insertPrinterKey(
  tx: Tx, { printerKeyId, name, fingerprint, publicKey }: NewPrinterKey, registeredBy: string,
): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into issuance.printer_key (id, name, fingerprint, public_key, registered_by, registered_at)
    values (${printerKeyId}::uuid, ${name}, ${fingerprint}, ${publicKey}, ${registeredBy}, ${tx.now})
    on conflict (fingerprint) do nothing`;
  return inserted === 1;
}

/** False when no key in force has this id. */
export async function withdrawPrinterKey(tx: Tx, printerKeyId: PrinterKeyId, withdrawnBy: string): Promise<boolean> {
  const updated = await tx.sql.$executeRaw`
    update issuance.printer_key set withdrawn_by = ${withdrawnBy}, withdrawn_at = ${tx.now}
    where id = ${printerKeyId}::uuid and withdrawn_at is null`;
  return updated === 1;
}

/** Armored; undefined when no key in force has this id. */
export async function readPublicKey(sql: Sql, printerKeyId: PrinterKeyId): Promise<string | undefined> {
  const [row] = await sql.$queryRaw<{ publicKey: string }[]>`
    select k.public_key as "publicKey" from issuance.printer_key k where k.id = ${printerKeyId}::uuid and k.withdrawn_at is null`;
  return row?.publicKey;
}

export async function hasPrinterKey(sql: Sql): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ known: boolean }[]>`
    select exists (select from issuance.printer_key k where k.withdrawn_at is null) as known`;
  return row!.known;
}

export async function listPrinterKeys(sql: Sql, after: PrinterKeyId | null, rowsMax: number): Promise<PrinterKey[]> {
  return sql.$queryRaw<PrinterKey[]>`
    select k.id as "printerKeyId", k.name, k.fingerprint, k.registered_at as "registeredAt", k.withdrawn_at as "withdrawnAt"
    from issuance.printer_key k where (${after}::uuid is null or k.id > ${after}::uuid) order by k.id limit ${rowsMax}::int`;
}
