// Redemptions as they were decided. Tills keep no index by programme or time, which each of them would pay for, so a simulation
// goes through the table once, by a cursor: whatever the size, one pass, one snapshot, and one chunk in memory.
import type { ServiceCode } from '#libs/contracts';
import { cents, dayIn, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { Sql, SqlClient } from '#libs/persistence';
import { declaredOf, frozenTariffOf, participationOf, type DeclaredRow } from '../declared.store.js';
import { OPERATOR_ZONE, SIMULATION_CHUNK_MAX, SIMULATION_MS_MAX } from '../limits.js';
import type { Redemption } from '../redeem-voucher/redeem-voucher.decision.js';
import type { PastRedemption } from './replay.decision.js';
import type { Window } from './simulate-rule.query.js';

type PastRow = Omit<Redemption, 'declared' | 'tariff'> & DeclaredRow & Readonly<{
  unit: boolean; face: bigint; usableUntil: LocalDate; claimableUntil: LocalDate; services: ServiceCode[]; redemptionMax: bigint | null;
  custodyAccountId: string; accreditationVersion: number; from: LocalDate; to: LocalDate; feeRuleVersion: number; timeZone: string;
  commune: string | null;
}>;
export type Wanted = Readonly<{ programmeId: ProgrammeId; window: Window }>;

export async function isProgrammeKnown(sql: Sql, programmeId: ProgrammeId): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`select 1 from redemption.known_programme where programme_id = ${programmeId}::uuid`;
  return rows.length > 0;
}

/** Hands over chunk by chunk until `take` answers false. */
export async function readPast(client: SqlClient, wanted: Wanted, take: (chunk: readonly PastRedemption[]) => boolean): Promise<void> {
  await client.$transaction(async (sql) => {
    await openCursor(sql, wanted);
    for (;;) {
      const rows = await sql.$queryRawUnsafe<PastRow[]>(`fetch ${SIMULATION_CHUNK_MAX} from past`);
      if (!take(rows.map(pastOf)) || rows.length < SIMULATION_CHUNK_MAX) return;
    }
  }, { timeout: SIMULATION_MS_MAX });
}

/** What was undone is no redemption. A place is where a file says now, or where it was said to be when it was accredited. */
async function openCursor(sql: Sql, { programmeId, window }: Wanted): Promise<void> {
  await sql.$executeRaw`
    declare past no scroll cursor for
    select r.id, r.voucher_id as "voucherId", r.batch_id as "batchId", r.programme_id as "programmeId", r.place_id as "placeId",
      r.site_id as "siteId", r.amount, r.co_payment as "coPayment", r.balance_after as "balanceAfter",
      r.service_date::text as "serviceDate", r.redeemed_at as "redeemedAt", r.session_id, r.service, r.duration_minutes,
      r.participants, r.first_visit, r.tariff_version, r.tariff_price, r.participation_id,
      coalesce(r.paid_beside, spoke.amount + spoke.co_payment + spoke.paid_beside - r.amount)::int as paid_beside, r.accreditation_version as "accreditationVersion", r.fee_rule_version as "feeRuleVersion",
      b.unit, b.face, b.usable_until::text as "usableUntil", b.claimable_until::text as "claimableUntil", b.services,
      b.redemption_max as "redemptionMax", b.custody_account_id as "custodyAccountId", a.from_day::text as "from",
      a.to_day::text as "to", s.time_zone as "timeZone", coalesce(l.insee_code, a.commune) as commune
    from redemption.redemption r
    left join redemption.redemption spoke on spoke.id = r.participation_id
    join redemption.batch b on b.id = r.batch_id
    join redemption.site s on s.id = r.site_id
    join redemption.accreditation a
      on a.place_id = r.place_id and a.programme_id = r.programme_id and a.version = r.accreditation_version
    left join redemption.place_listing l on l.place_id = r.place_id
    where r.programme_id = ${programmeId}::uuid
      and r.redeemed_at >= ${window.from}::date::timestamp at time zone ${OPERATOR_ZONE}
      and r.redeemed_at < (${window.to}::date + 1)::timestamp at time zone ${OPERATOR_ZONE}
      and not exists (select from redemption.undone_redemption u where u.redemption_id = r.id)`;
}

function pastOf(row: PastRow): PastRedemption {
  const { id, voucherId, batchId, programmeId, placeId, siteId, serviceDate, redeemedAt, redemptionMax } = row;
  return {
    redemption: {
      id, voucherId, batchId, programmeId, placeId, siteId, amount: cents(row.amount), coPayment: cents(row.coPayment),
      balanceAfter: cents(row.balanceAfter), serviceDate, declared: declaredOf(row), ...frozenTariffOf(row), ...participationOf(row),
      redeemedAt,
    },
    batch: {
      id: batchId, programmeId, unit: row.unit, face: cents(row.face), usableUntil: row.usableUntil, claimableUntil: row.claimableUntil,
      services: row.services, custodyAccountId: row.custodyAccountId, expiring: false, frozen: false,
      ...(redemptionMax !== null && { redemptionMax: cents(redemptionMax) }),
    },
    accreditation: { version: row.accreditationVersion, from: row.from, to: row.to }, siteToday: dayIn(row.timeZone, redeemedAt),
    feeRuleVersion: row.feeRuleVersion, commune: row.commune,
  };
}
