// The reference: what one would write first, and write well. One transaction per redemption, decided in one prepared
// plpgsql call, with the same rows, rules and durability as the till's path, driven by pgbench.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { outputOf } from './child-process.js';
import type { SeededBatch, SeededTills } from './seed-vouchers.js';

/** So many clients are tried; the best count is the reference. */
export const REFERENCE_CLIENTS = [8, 16, 32] as const;

const FUNCTION = `
create schema bench;
grant usage on schema bench to mereau_redemption;
create table bench.voucher_number (number int primary key, code_mac uuid not null);
grant select on bench.voucher_number to mereau_redemption;

create function bench.redeem(key uuid, mac uuid, asked_place uuid, served date, asked bigint) returns text language plpgsql as $$
declare
  v redemption.voucher; b redemption.batch; s redemption.site; a redemption.accreditation; fee int;
  at timestamptz; today date; before redemption.redemption; message bigint;
begin
  select * into v from redemption.voucher where code_mac = mac for update;
  select * into before from redemption.redemption where id = key;
  if found then return case when before.voucher_id = v.id and before.amount = asked then 'redeemed' else 'idempotency_key_reused' end; end if;
  if v.id is null then return 'voucher_not_found'; end if;
  at := clock_timestamp();
  select * into s from redemption.site where place_id = asked_place;
  today := (at at time zone s.time_zone)::date;
  select * into b from redemption.batch where id = v.batch_id;
  if not exists (select 1 from redemption.voucher_range r
                 where r.batch_id = b.id and v.index between r.first and r.last and r.spendable_at is not null) then return 'voucher_not_found'; end if;
  select * into a from redemption.accreditation x where x.place_id = asked_place and x.programme_id = b.programme_id order by x.version desc limit 1;
  if a.id is null or served not between a.from_day and a.to_day then return 'place_not_accredited'; end if;
  select f.version into fee from redemption.known_fee_rule f where f.programme_id = b.programme_id and f.from_day <= today order by f.version desc limit 1;
  if served > b.usable_until then return 'service_after_expiry'; end if;
  if served > today then return 'service_in_future'; end if;
  if today > b.claimable_until then return 'claim_too_late'; end if;
  if asked > v.balance then return 'voucher_balance_too_low'; end if;

  update redemption.voucher set balance = balance - asked, last_redemption_id = key where code_mac = mac;
  insert into redemption.outbox (messages) values (jsonb_build_array(jsonb_build_object(
    'id', key, 'type', 'voucher.redeemed.v1', 'subject', 'redemption:' || key, 'subjectVersion', 1, 'occurredAt', at, 'causationId', 'request:' || key,
    'correlationId', 'bench', 'actor', jsonb_build_object('kind', 'place', 'id', asked_place), 'body', jsonb_build_object(
      'redemptionId', key, 'voucherId', v.id, 'programmeId', b.programme_id, 'batchId', b.id, 'placeId', asked_place, 'siteId', s.id,
      'amountCents', asked, 'currency', 'EUR', 'coPaymentCents', 0, 'serviceDate', served, 'redeemedAt', at,
      'accreditationVersion', a.version, 'feeRuleVersion', fee, 'custodyAccountId', b.custody_account_id, 'voucherIndex', v.index)))) returning id into message;
  insert into redemption.redemption (id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, service_date,
    accreditation_version, fee_rule_version, currency, redeemed_at, outbox_id)
  values (key, v.id, b.id, b.programme_id, asked_place, s.id, asked, 0, v.balance - asked, served, a.version, fee, 'EUR', at, message);
  insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, booked_at)
  values (key, 0, '7', 'outstanding:' || b.id, 'clearing:settlement', asked, 'EUR', b.custody_account_id, at);
  return 'redeemed';
end $$;`;

/** Made by the superuser: it is no part of the product. */
export async function installReference(admin: pg.Client, { macs }: SeededBatch): Promise<void> {
  await admin.query(FUNCTION);
  await admin.query('insert into bench.voucher_number select ordinality, mac from unnest($1::uuid[]) with ordinality as t(mac, ordinality)', [macs]);
}

export type Run = Readonly<{
  vouchers: number; placeId: SeededTills['placeId']; redemptionUrl: string; seconds: number; amountCents: number; serviceDate: string; clients: number;
}>;

/** Redemptions a second. Throws what pgbench said when it failed, or when a redemption did. */
export async function runReference({ vouchers, placeId, redemptionUrl, seconds, amountCents, serviceDate, clients }: Run): Promise<number> {
  const folder = mkdtempSync(join(os.tmpdir(), 'mereau-pgbench-'));
  const script = join(folder, 'redeem.sql');
  writeFileSync(script, `\\set number random(1, ${vouchers})
select bench.redeem(uuidv7(), (select code_mac from bench.voucher_number where number = :number), '${placeId}', '${serviceDate}', ${amountCents});\n`);
  try {
    const output = await outputOf('pgbench', ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script, redemptionUrl]);
    return Number(/tps = ([\d.]+)/.exec(output)?.[1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
