import type { BankAccountId, Cents, PayeeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { RunId } from '../settlement-runs/settlement-runs.commands.js';
import type { EarnedLine } from './earned-total.decision.js';
import type { OwnMoney } from './own-money.decision.js';

export async function insertEarnedTotal(
  tx: Tx, { number, cutAt, eventId }: Readonly<{ number: number; cutAt: string; eventId: string }>, lines: readonly EarnedLine[],
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.earned_total (number, cut_at, event_id) values (${number}, ${cutAt}::timestamptz, ${eventId}::uuid)`;
  await tx.sql.$executeRaw`
    insert into settlement.earned_total_line (number, custody_account_id, earned, claims, currency)
    select ${number}::int, t."custodyAccountId", t."earnedCents", t."claimsCents", 'EUR'
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as t("custodyAccountId" uuid, "earnedCents" bigint, "claimsCents" bigint)`;
}

type Row = Readonly<{ own: bigint; bound: bigint; number: number | null; cutAt: Date | null }>;

const moneyOf = ({ own, bound, number, cutAt }: Row): OwnMoney =>
  ({ own, bound, told: number !== null && cutAt !== null ? { number, cutAt } : undefined });

/** What is bound of it is asked for only where some of it is taken: it reads what every place owes. */
export async function ownMoney(sql: Sql, bankAccountId: BankAccountId, asks: 'own' | 'all'): Promise<OwnMoney> {
  const [row] = await sql.$queryRaw<Row[]>`
    select settlement.own_money(${bankAccountId}::uuid) as own, t.number, t.cut_at as "cutAt",
      case when ${asks} = 'all' then settlement.own_money_bound(${bankAccountId}::uuid) else 0 end::bigint as bound
    from (select) one left join settlement.told_of_payers(${bankAccountId}::uuid) t on true`;
  return moneyOf(row!);
}

/** Who may take out what is the operator's. One that was named before another operator took over may not. */
export async function operatorOf(sql: Sql): Promise<PayeeId | undefined> {
  const [row] = await sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select payee_id as "payeeId" from settlement.operator o
    where not exists (select from settlement.cession c where c.step = 'taken_over' and c.at > o.named_at)`;
  return row?.payeeId;
}

/** Also one of before a take-over: on its account stands what was taken out and paid in. */
export async function namedOperator(sql: Sql): Promise<PayeeId | undefined> {
  const [row] = await sql.$queryRaw<{ payeeId: PayeeId }[]>`select payee_id as "payeeId" from settlement.operator`;
  return row?.payeeId;
}

/** The database releases no run of fees without it, nor one that says more than is the operator's. */
export async function insertFeesRelease(tx: Tx, runId: RunId, amount: Cents, { own, bound, told }: OwnMoney): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.fees_release (run_id, amount, own_money, bound, currency, told_number, at)
    values (${runId}::uuid, ${amount}, ${own}, ${bound}, 'EUR', ${told?.number ?? null}::int, ${tx.now})`;
}

export type AccountMoney = OwnMoney & Readonly<{ bankAccountId: BankAccountId; takenOut: bigint; earnedOfPayers: bigint }>;

export async function moneyOfAccounts(sql: Sql): Promise<AccountMoney[]> {
  const rows = await sql.$queryRaw<(Row & Omit<AccountMoney, keyof OwnMoney>)[]>`
    select b.id as "bankAccountId", settlement.own_money(b.id) as own, settlement.own_money_bound(b.id) as bound, t.number, t.cut_at as "cutAt",
      settlement.taken_out(b.id) as "takenOut", coalesce(t.earned, 0)::bigint as "earnedOfPayers"
    from settlement.bank_account b left join settlement.told_of_payers(b.id) t on true order by b.id`;
  return rows.map((row) => {
    const { bankAccountId, takenOut, earnedOfPayers } = row;
    return { ...moneyOf(row), bankAccountId, takenOut, earnedOfPayers };
  });
}
