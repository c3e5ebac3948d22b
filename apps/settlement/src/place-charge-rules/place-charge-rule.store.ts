import { cents, type BankAccountId, type Cents, type LocalDate } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { ChargeRule } from './place-charge-rule.decision.js';

/** Newest first. */
export async function listChargeRules(sql: Sql): Promise<ChargeRule[]> {
  const rows = await sql.$queryRaw<(Omit<ChargeRule, 'amount'> & { amount: bigint })[]>`
    select version, from_day::text as "from", amount, vat_basis_points as "vatBasisPoints", custody_account_id as "custodyAccountId"
    from settlement.place_charge_rule order by version desc`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount) }));
}

export async function insertChargeRule(tx: Tx, rule: ChargeRule, platformCap: Cents): Promise<void> {
  const { version, from, amount, vatBasisPoints, custodyAccountId } = rule;
  await tx.sql.$executeRaw`
    insert into settlement.place_charge_rule (version, from_day, amount, vat_basis_points, currency, custody_account_id, platform_cap,
      published_by, published_at)
    values (${version}, ${from}::date, ${amount}, ${vatBasisPoints}, 'EUR', ${custodyAccountId}::uuid, ${platformCap}, ${personOf(tx)}, ${tx.now})`;
}

export async function knowsBankAccount(tx: Tx, bankAccountId: BankAccountId): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`select 1 from settlement.bank_account where id = ${bankAccountId}::uuid`;
  return rows.length > 0;
}

/** Who takes vouchers of a programme on that day or later, as far as redemption told; who has left by then is told nothing. */
export async function placesFrom(tx: Tx, today: LocalDate): Promise<string[]> {
  const rows = await tx.sql.$queryRaw<{ placeId: string }[]>`
    select distinct place_id as "placeId" from settlement.known_accreditation
    where (valid_to is null or valid_to >= ${today}::date) and not settlement.has_left(place_id, programme_id, ${today}::date) order by place_id`;
  return rows.map(({ placeId }) => placeId);
}
