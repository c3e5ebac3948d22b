import type { BankAccountId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { AskedVersion, VerifiedVersion } from './payee-verification.decision.js';
import { askedName } from './read-answers.js';

/** False when these bytes were imported before. */
export async function keepFile(tx: Tx, sha256: string, bytes: Uint8Array): Promise<boolean> {
  const kept = await tx.sql.$executeRaw`
    insert into settlement.payee_verification_file (sha256, bytes, imported_by, imported_at)
    values (${sha256}, ${bytes}, ${personOf(tx)}, ${tx.now}) on conflict do nothing`;
  return kept === 1;
}

export async function versionsWith(tx: Tx, ibans: readonly string[]): Promise<AskedVersion[]> {
  const rows = await tx.sql.$queryRaw<{ id: BankAccountId; iban: string; holder: string }[]>`
    select id, iban, holder from settlement.payee_bank_account where iban = any(${[...ibans]}::text[]) order by id`;
  return rows.map(({ holder, ...version }) => ({ ...version, name: askedName(holder) }));
}

export async function insertVerifications(tx: Tx, sha256: string, answeredAt: Date, versions: readonly VerifiedVersion[]): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.payee_verification (file_sha256, ordinal, payee_bank_account_id, outcome, bank_text, answered_at)
    select ${sha256}, t.ordinal, t."bankAccountId", t.outcome, t."bankText", ${answeredAt}
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as t(ordinal int, "bankAccountId" uuid, outcome text, "bankText" text)`;
}
