import { ALLOCATIONS_PER_PAYMENT_MAX } from '#libs/contracts';
import { cents, type AllocationId, type BankAccountId, type PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Owed, PayeeAccount } from './create-run.decision.js';

type Row = Omit<PayeeAccount, 'id' | 'rail'> & {
  payeeId: PayeeId; legalName: string | null; accountId: BankAccountId | null;
  allocations: { allocationId: AllocationId; amount: number }[];
};

/** What was voted and no live payment pays, by payee: the longest owed first. What exceeds a message's bound waits for the next run. */
export async function listOwedAllocations(tx: Tx, bankAccountId: BankAccountId): Promise<Owed[]> {
  const rows = await tx.sql.$queryRaw<Row[]>`
    select p.id as "payeeId", p.legal_name as "legalName", o.allocations, a.id as "accountId", a.version, a.iban, a.bic, a.holder,
      a.blocked, a.changed_at as "changedAt"
    from (
      select v.payee_id, min(v.id::text) as first,
        jsonb_agg(jsonb_build_object('allocationId', v.id, 'amount', v.amount) order by v.id) as allocations
      from (
        select l.*, row_number() over (partition by l.payee_id order by l.id) as place
        from settlement.allocation l join settlement.allocation_decision d on d.allocation_id = l.id and d.outcome = 'voted'
        where l.custody_account_id = ${bankAccountId}::uuid
          and not exists (select from settlement.payment_allocation pa where pa.allocation_id = l.id and pa.live)) v
      where v.place <= ${ALLOCATIONS_PER_PAYMENT_MAX}::int group by v.payee_id) o
    join settlement.payee p on p.id = o.payee_id
    left join lateral settlement.account_to_pay(p.id) a on true
    order by o.first`;
  return rows.map(({ payeeId, legalName, allocations, accountId, ...account }) => ({
    payeeId, legalName, statements: [], refunds: [], allocations: allocations.map((one) => ({ ...one, amount: cents(one.amount) })),
    account: accountId && { rail: 'sepa', id: accountId, ...account },
  }));
}
