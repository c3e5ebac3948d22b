import type { PayeeId, PlaceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type PayeeOfPlace = Readonly<{
  payeeId: PayeeId; legalName: string | null; siren: string | null; placeCount: number; byStripe: boolean;
}>;

export async function payeeWithAccount(sql: Sql, placeId: PlaceId): Promise<PayeeOfPlace | undefined> {
  const [row] = await sql.$queryRaw<PayeeOfPlace[]>`
    select p.id as "payeeId", p.legal_name as "legalName", p.siren,
      (select count(*)::int from settlement.payee_site all_of where all_of.payee_id = p.id) as "placeCount",
      exists (select from settlement.destination_to_pay(p.id)) as "byStripe"
    from settlement.payee_site s join settlement.payee p on p.id = s.payee_id where s.place_id = ${placeId}::uuid`;
  return row;
}

export type PaidTo = Readonly<{ iban: string; holder: string; blocked: boolean; changedAt: Date | null }>;

export async function accountPaidTo(sql: Sql, payeeId: PayeeId): Promise<PaidTo | undefined> {
  const [row] = await sql.$queryRaw<PaidTo[]>`
    select iban, holder, blocked, changed_at as "changedAt" from settlement.account_to_pay(${payeeId}::uuid)`;
  return row;
}
