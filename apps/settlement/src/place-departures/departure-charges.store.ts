import type { LocalDate } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { OnChargeDay } from '../place-charges/place-charge.decision.js';
import type { AskedCharges } from './departure-charges.query.js';

/** Of the payee behind the place, on each of these days. None for a place that settlement has not heard of: it owes nothing. */
export const onChargeDays = (sql: Sql, { placeId, programmeId }: AskedCharges, days: readonly LocalDate[]): Promise<OnChargeDay[]> =>
  sql.$queryRaw<OnChargeDay[]>`
    select d.day::text as "chargedOn",
      exists (select from settlement.place_charge c where c.payee_id = own.payee_id and c.year = extract(year from d.day)) as "isCharged",
      coalesce(bool_or(settlement.takes_part(a, d.day)), false) as "takesPart",
      coalesce(bool_or(settlement.takes_part(a, d.day)
        and (a.place_id <> own.place_id or a.programme_id <> ${programmeId}::uuid)), false) as "takesPartElsewhere"
    from settlement.payee_site own cross join unnest(${[...days]}::date[]) as d(day)
    join settlement.payee_site s on s.payee_id = own.payee_id left join settlement.known_accreditation a on a.place_id = s.place_id
    where own.place_id = ${placeId}::uuid group by d.day, own.payee_id, own.place_id`;
