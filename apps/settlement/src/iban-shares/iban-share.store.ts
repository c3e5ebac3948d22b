import type { IbanShareId, PayeeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { ShareState } from './iban-share.decision.js';
import type { ListedShare, ListIbanShares } from './list-iban-shares.query.js';

export type Share = ShareState & Readonly<{ payeeId: PayeeId; iban: string }>;

export async function holdersOf(tx: Tx, iban: string): Promise<PayeeId[]> {
  const rows = await tx.sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select payee_id as "payeeId" from settlement.iban_holder where iban = ${iban} order by payee_id`;
  return rows.map(({ payeeId }) => payeeId);
}

export async function isProposed(tx: Tx, payeeId: PayeeId, iban: string): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ found: boolean }[]>`
    select exists (select from settlement.iban_share s where s.iban = ${iban} and s.payee_id = ${payeeId}::uuid
      and not exists (select from settlement.iban_share_withdrawal w where w.share_id = s.id)) as found`;
  return row!.found;
}

export async function insertShare(
  tx: Tx, id: IbanShareId, { payeeId, iban, reason }: Readonly<{ payeeId: PayeeId; iban: string; reason: string }>,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.iban_share (id, payee_id, iban, reason, proposed_by, proposed_at, attempt)
    select ${id}::uuid, ${payeeId}::uuid, ${iban}, ${reason}, ${personOf(tx)}, ${tx.now}, 1 + count(*)
    from settlement.iban_share where iban = ${iban} and payee_id = ${payeeId}::uuid`;
}

/** Whoever approves or withdraws it holds the lock of its name, so that one comes after the other. */
export async function findShare(tx: Tx, id: IbanShareId): Promise<Share | undefined> {
  const [row] = await tx.sql.$queryRaw<Share[]>`
    select s.payee_id as "payeeId", s.iban, s.proposed_by as "proposedBy",
      exists (select from settlement.iban_share_approval a where a.share_id = s.id) as "isApproved",
      exists (select from settlement.iban_share_withdrawal w where w.share_id = s.id) as "isWithdrawn"
    from settlement.iban_share s where s.id = ${id}::uuid`;
  return row;
}

export async function approveShare(tx: Tx, id: IbanShareId): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.iban_share_approval (share_id, approved_by, approved_at) values (${id}::uuid, ${personOf(tx)}, ${tx.now})`;
}

export async function withdrawShare(tx: Tx, id: IbanShareId): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.iban_share_withdrawal (share_id, withdrawn_by, withdrawn_at) values (${id}::uuid, ${personOf(tx)}, ${tx.now})`;
}

export const listShares = (sql: Sql, { before, rowsMax, payeeId }: ListIbanShares['page']): Promise<ListedShare[]> => sql.$queryRaw<ListedShare[]>`
  select s.id, s.payee_id as "payeeId", p.legal_name as "legalName", s.iban, s.reason, s.proposed_by as "proposedBy", s.proposed_at as "proposedAt",
    a.approved_by as "approvedBy", a.approved_at as "approvedAt",
    w.withdrawn_by as "withdrawnBy", w.withdrawn_at as "withdrawnAt",
    (select coalesce(array_agg(h.payee_id::text order by h.payee_id), '{}') from settlement.iban_holder h where h.iban = s.iban) as holders
  from settlement.iban_share s join settlement.payee p on p.id = s.payee_id left join settlement.iban_share_approval a on a.share_id = s.id
    left join settlement.iban_share_withdrawal w on w.share_id = s.id
  where (${before}::uuid is null or s.id < ${before}::uuid) and (${payeeId}::uuid is null or s.payee_id = ${payeeId}::uuid)
  order by s.id desc limit ${rowsMax}::int`;
