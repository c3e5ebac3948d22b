// The versions of the account that a payee is paid to. Only this service knows an IBAN; messages carry its version.
import type { BankAccountId, PayeeId, PlaceId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { Rail } from '../payment-source.decision.js';
import type { PaidAccount } from './bank-change.decision.js';
import type { Answer, Verification } from './payee-bank-account.decision.js';

export type BankAccountVersion = Readonly<{
  id: BankAccountId;
  payeeId: PayeeId;
  version: number;
  iban: string;
  maker: string;
  approved: boolean;
  holder: string;
  /** Whose manager entered it; null: an operator did. */
  placeId: PlaceId | null;
  legalName: string;
}>;

export type ShownBankAccountVersion = BankAccountVersion & Readonly<{
  bic: string | null; proposedAt: Date; checker: string | null; approvedAt: Date | null;
  approvalReason: string | null; replacedAt: Date | null; blockedAt: Date | null; blockedReason: string | null;
  verification: Readonly<{ outcome: Verification; bankText: string | null; answeredAt: string; importedBy: string }> | null;
}>;

export async function payeeState(tx: Tx, payeeId: PayeeId): Promise<{ complete: boolean } | undefined> {
  const [row] = await tx.sql.$queryRaw<{ complete: boolean }[]>`
    select legal_name is not null as complete from settlement.payee where id = ${payeeId}::uuid`;
  return row;
}

/** Of a payee that is complete: only such a one has bank accounts. */
export async function legalNameOf(tx: Tx, payeeId: PayeeId): Promise<string> {
  const [row] = await tx.sql.$queryRaw<{ legalName: string }[]>`
    select legal_name as "legalName" from settlement.payee where id = ${payeeId}::uuid`;
  return row!.legalName;
}

/** What a run of each rail would pay to, were it made now. */
export async function paidAccounts(tx: Tx, payeeId: PayeeId): Promise<ReadonlyMap<Rail, PaidAccount>> {
  const rows = await tx.sql.$queryRaw<(PaidAccount & { rail: Rail })[]>`
    select 'sepa' as rail, iban as account, changed_at as "changedAt" from settlement.account_to_pay(${payeeId}::uuid)
    union all select 'stripe', stripe_account_id, changed_at from settlement.destination_to_pay(${payeeId}::uuid)`;
  return new Map(rows.map(({ rail, ...paid }) => [rail, paid]));
}

/** The one that has it by itself; those that share it have it by a decision. */
export async function holderOfIban(tx: Tx, iban: string): Promise<PayeeId | undefined> {
  const [row] = await tx.sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select payee_id as "payeeId" from settlement.iban_holder where iban = ${iban} and share_id is null`;
  return row?.payeeId;
}

export async function isShared(tx: Tx, payeeId: PayeeId, iban: string): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ shared: boolean }[]>`
    select exists (select from settlement.iban_share s join settlement.iban_share_approval a on a.share_id = s.id
      where s.iban = ${iban} and s.payee_id = ${payeeId}::uuid) as shared`;
  return row!.shared;
}

/** The number of the version is drawn under the payee's lock, so two proposals at once get two numbers. */
export async function insertProposal(
  tx: Tx, id: string, payeeId: PayeeId, account: { iban: string; bic: string | null; holder: string; placeId?: PlaceId | null },
): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    insert into settlement.payee_bank_account (id, payee_id, version, iban, bic, holder, maker, proposed_at, place_id)
    select ${id}::uuid, ${payeeId}::uuid, coalesce(max(version), 0) + 1, ${account.iban}, ${account.bic}, ${account.holder},
      ${personOf(tx)}, ${tx.now}, ${account.placeId ?? null}::uuid
    from settlement.payee_bank_account where payee_id = ${payeeId}::uuid
    returning version`;
  return row!.version;
}

export async function lockVersion(tx: Tx, id: BankAccountId): Promise<BankAccountVersion | undefined> {
  const [row] = await tx.sql.$queryRaw<BankAccountVersion[]>`
    select b.id, b.payee_id as "payeeId", b.version, b.iban, b.maker, b.approved_at is not null as approved, b.holder, b.place_id as "placeId",
      p.legal_name as "legalName"
    from settlement.payee_bank_account b join settlement.payee p on p.id = b.payee_id where b.id = ${id}::uuid for update of b`;
  return row;
}

export async function latestVersion(tx: Tx, payeeId: PayeeId): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    select coalesce(max(version), 0)::int as version from settlement.payee_bank_account where payee_id = ${payeeId}::uuid`;
  return row!.version;
}

/** The bank's latest answer about the version. */
export async function lastVerification(tx: Tx, id: BankAccountId): Promise<Answer | undefined> {
  const [row] = await tx.sql.$queryRaw<Answer[]>`
    select v.outcome, f.imported_by as "importedBy", f.imported_by in (select settlement.people_behind(${id}::uuid, null)) as "byThemselves"
    from settlement.payee_verification v join settlement.payee_verification_file f on f.sha256 = v.file_sha256
    where v.payee_bank_account_id = ${id}::uuid order by v.answered_at desc, v.file_sha256 desc, v.ordinal desc limit 1`;
  return row;
}

/** The database closes the version before it at the same instant. */
export async function approveVersion(tx: Tx, { id, payeeId, iban }: BankAccountVersion, reason: string | null): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.iban_holder (iban, payee_id, share_id)
    select ${iban}, ${payeeId}::uuid, (select s.id from settlement.iban_share s join settlement.iban_share_approval a on a.share_id = s.id
      where s.iban = ${iban} and s.payee_id = ${payeeId}::uuid)
    on conflict do nothing`;
  await tx.sql.$executeRaw`
    update settlement.payee_bank_account set checker = ${personOf(tx)}, approved_at = ${tx.now}, approval_reason = ${reason}
    where id = ${id}::uuid`;
}

/** Only the first reason to block a version is kept. */
export async function blockVersion(tx: Tx, id: BankAccountId, reason: string): Promise<boolean> {
  const blocked = await tx.sql.$executeRaw`
    update settlement.payee_bank_account set blocked_at = ${tx.now}, blocked_reason = ${reason}
    where id = ${id}::uuid and blocked_at is null`;
  return blocked === 1;
}

export async function placesOf(tx: Tx, payeeId: PayeeId): Promise<PlaceId[]> {
  const rows = await tx.sql.$queryRaw<{ placeId: PlaceId }[]>`
    select place_id as "placeId" from settlement.payee_site where payee_id = ${payeeId}::uuid order by place_id`;
  return rows.map(({ placeId }) => placeId);
}

export const versionsOf = (sql: Sql, payeeId: PayeeId): Promise<ShownBankAccountVersion[]> => sql.$queryRaw<ShownBankAccountVersion[]>`
  select b.id, b.payee_id as "payeeId", b.version, b.iban, b.bic, b.holder, b.maker, b.place_id as "placeId", p.legal_name as "legalName", b.proposed_at as "proposedAt", b.checker,
    b.approved_at is not null as approved, b.approved_at as "approvedAt", b.approval_reason as "approvalReason", b.replaced_at as "replacedAt",
    b.blocked_at as "blockedAt", b.blocked_reason as "blockedReason",
    (select jsonb_build_object('outcome', v.outcome, 'bankText', v.bank_text,
        'answeredAt', to_char(v.answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'importedBy', f.imported_by)
      from settlement.payee_verification v join settlement.payee_verification_file f on f.sha256 = v.file_sha256
      where v.payee_bank_account_id = b.id
      order by v.answered_at desc, v.file_sha256 desc, v.ordinal desc limit 1) as verification
  from settlement.payee_bank_account b join settlement.payee p on p.id = b.payee_id
  where b.payee_id = ${payeeId}::uuid order by b.version desc`;
