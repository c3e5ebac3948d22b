import { cents, type AllocationId, type BankAccountId, type PayeeId } from '#libs/kernel';
import { accounts } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { personOf } from '../settlement.work.js';
import type { NewAllocation } from './allocation.commands.js';
import type { Allocation, ProposedAllocation, Voice } from './allocation.decision.js';

/**
 * What draws on a pool comes one after the other: each sees what the one before it took. One lock for all pools, taken before anything is
 * posted to two of them: by their balances alone, two transactions could each wait for the pool that the other has.
 */
export const lockPools = (tx: Tx): Promise<void> => lockByName(tx, 'commons general');

/** What it has on a custody account; the guard holds it to what it has in all, whoever else draws on it. */
export async function poolOn(tx: Pick<Tx, 'sql'>, pool: string, bankAccountId: BankAccountId): Promise<bigint> {
  const name = accounts.settlement.commons(pool);
  const [row] = await tx.sql.$queryRaw<{ balance: bigint }[]>`
    select least(coalesce(sum(case when credit = ${name} then amount else -amount end), 0),
      (select coalesce(sum(balance), 0) from settlement.guarded_balance where account = ${name}))::bigint as balance
    from settlement.transfer where custody_account_id = ${bankAccountId}::uuid and ${name} in (debit, credit)`;
  return row!.balance;
}

export async function beneficiary(tx: Tx, payeeId: PayeeId): Promise<ProposedAllocation['payee']> {
  const [row] = await tx.sql.$queryRaw<NonNullable<ProposedAllocation['payee']>[]>`
    select p.legal_name is not null as complete, exists (select from settlement.operator o where o.payee_id = p.id) as "isOperator",
      case when a.id is null then 'none' when a.blocked then 'blocked' else 'verified' end as account
    from settlement.payee p left join lateral settlement.account_to_pay(p.id) a on true where p.id = ${payeeId}::uuid`;
  return row;
}

export async function insertAllocation(
  tx: Tx, allocationId: AllocationId, { pool, bankAccountId, payeeId, amount, reason }: Omit<NewAllocation, 'programmeId'> & Readonly<{ pool: string }>,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.allocation (id, pool, custody_account_id, payee_id, amount, currency, reason, proposed_by, proposed_at)
    values (${allocationId}::uuid, ${pool}, ${bankAccountId}::uuid, ${payeeId}::uuid, ${amount}, 'EUR', ${reason}, ${personOf(tx)}, ${tx.now})`;
}

type Row = Omit<Allocation, 'amount'> & { amount: bigint };

export async function readAllocation(tx: Tx, allocationId: AllocationId): Promise<Allocation | undefined> {
  const [row] = await tx.sql.$queryRaw<Row[]>`
    select a.id as "allocationId", a.pool, a.custody_account_id as "bankAccountId", a.payee_id as "payeeId", a.amount, a.proposed_by as "proposedBy",
      (select d.outcome from settlement.allocation_decision d where d.allocation_id = a.id) as outcome,
      (select coalesce(jsonb_agg(jsonb_build_object('userId', v.user_id, 'voice', v.voice) order by v.at, v.user_id), '[]')
        from settlement.allocation_voice v where v.allocation_id = a.id) as voices
    from settlement.allocation a where a.id = ${allocationId}::uuid`;
  return row && { ...row, amount: cents(row.amount) };
}

export async function insertVoice(tx: Tx, allocationId: AllocationId, voice: Voice, note: string | null): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.allocation_voice (allocation_id, user_id, voice, note, at)
    values (${allocationId}::uuid, ${personOf(tx)}, ${voice}, ${note}, ${tx.now})`;
}

/** After the posting, which the database looks for. */
export async function insertAllocationDecision(
  tx: Tx, allocationId: AllocationId, outcome: 'voted' | 'declined', eventId: string | null,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.allocation_decision (allocation_id, outcome, event_id, decided_at)
    values (${allocationId}::uuid, ${outcome}, ${eventId}::uuid, ${tx.now})`;
}
