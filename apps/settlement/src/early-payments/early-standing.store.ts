// What is known of a payee when a part of what is due to it is to be paid early.
import { cents, dayIn, sum, type BankAccountId, type Cents, type PayeeId, type PlaceId, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { earlyPaymentTermsOn } from '../early-payment-rules/early-payment-rule.store.js';
import { BANK_TIME_ZONE, COMMONS_POOL } from '../limits.js';
import { nettingOn } from '../netting/netting.store.js';
import { openGroupsOf, type OpenGroup } from '../next-payment/next-payment.store.js';
import { decideStatement } from '../statement-closings/statement.decision.js';
import { dueOf, type DueOfProgramme, type EarlyStanding } from './early-payment.decision.js';

export async function payeeBehindPlace(sql: Sql, placeId: PlaceId): Promise<PayeeId | undefined> {
  const [row] = await sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select payee_id as "payeeId" from settlement.payee_site where place_id = ${placeId}::uuid`;
  return row?.payeeId;
}

type Known = Pick<EarlyStanding, 'complete' | 'isOperator' | 'account' | 'underReview' | 'months' | 'redemptions'>;

/** A finding: an incident that somebody validated and that is no gesture, a rejected hold, an upheld alert that no appeal ended. */
async function knownOf(sql: Sql, payeeId: PayeeId, at: Date): Promise<Known | undefined> {
  const [row] = await sql.$queryRaw<Known[]>`
    with finding as (
      select d.decided_at as at from settlement.incident i join settlement.incident_decision d on d.incident_id = i.id and d.outcome = 'validated'
        where i.payee_id = ${payeeId}::uuid and i.kind <> 'gesture'
      union all select d.decided_at from settlement.hold h join settlement.hold_decision d on d.hold_id = h.id and d.outcome = 'rejected'
        where h.payee_id = ${payeeId}::uuid
      union all select a.kept_at from settlement.known_alert a join settlement.payee_site s on s.place_id = a.place_id
        where s.payee_id = ${payeeId}::uuid and settlement.alert_appeal(a.alert_id) <> 'upheld'),
    since as (select greatest((select min(closed_at) from settlement.statement where payee_id = ${payeeId}::uuid), (select max(at) from finding)) as at),
    quiet as (
      select coalesce(sum(s.line_count), 0)::int as redemptions from settlement.statement s
      where s.payee_id = ${payeeId}::uuid and s.net > 0 and s.closed_at > coalesce((select max(at) from finding), '-infinity'))
    select p.legal_name is not null as complete, exists (select from settlement.operator o where o.payee_id = p.id) as "isOperator",
      case when a.id is null then 'none' when a.blocked then 'blocked' else 'verified' end as account,
      exists (select from settlement.hold h where h.payee_id = p.id and not exists (select from settlement.hold_decision d where d.hold_id = h.id))
        or exists (select from settlement.payee_site s join settlement.known_measure m on m.place_id = s.place_id where s.payee_id = p.id
          and not exists (select from settlement.known_measure_end e where e.measure_id = m.measure_id and e.from_day <= (${at}::timestamptz at time zone ${BANK_TIME_ZONE})::date))
        as "underReview",
      coalesce((select extract(year from age(${at}::timestamptz, since.at)) * 12 + extract(month from age(${at}::timestamptz, since.at)) from since), 0)::int as months,
      quiet.redemptions
    from settlement.payee p cross join quiet left join lateral settlement.account_to_pay(p.id) a on true where p.id = ${payeeId}::uuid`;
  return row;
}

async function moneyOf(sql: Sql, payeeId: PayeeId, bankAccountId: BankAccountId): Promise<Readonly<{ open: Cents; owing: Cents }>> {
  const [row] = await sql.$queryRaw<{ open: bigint; owing: bigint }[]>`
    select (select coalesce(sum(settlement.left_of_early_payment(e.id, e.amount)), 0)::bigint from settlement.early_payment e
        where e.payee_id = ${payeeId}::uuid and e.custody_account_id = ${bankAccountId}::uuid) as open,
      ((select coalesce(sum(settlement.left_of_debit_note(n.id, n.amount)), 0) from settlement.debit_note n
          where n.payee_id = ${payeeId}::uuid and n.custody_account_id = ${bankAccountId}::uuid)
        + (select coalesce(sum(i."left"), 0) from settlement.open_place_invoice i where i.payee_id = ${payeeId}::uuid
          and i.custody_account_id = ${bankAccountId}::uuid and i.kind = 'invoice' and i.payment = 'set_off'))::bigint as owing`;
  return { open: cents(row!.open), owing: cents(row!.owing) };
}

type Asked = Readonly<{ payeeId: PayeeId; bankAccountId: BankAccountId; at: Date; pool: bigint; poolOf: ProgrammeId | null }>;

/** As a closing of everything would find it now: what it would leave open is not due. */
export async function earlyStanding(sql: Sql, { payeeId, bankAccountId, at, pool, poolOf }: Asked): Promise<EarlyStanding | undefined> {
  const known = await knownOf(sql, payeeId, at);
  if (!known) return undefined;
  const today = dayIn(BANK_TIME_ZONE, at);
  const groups = (await openGroupsOf(sql, payeeId)).filter(({ custodyAccountId }) => custodyAccountId === bankAccountId);
  const { isNetted } = (await nettingOn(sql, [payeeId], today))(payeeId);
  const terms = await earlyPaymentTermsOn(sql, today);
  const { billed, nets } = netOf(payeeId, bankAccountId, groups, isNetted);
  const due: DueOfProgramme[] = nets.map(({ programmeId, net }) => ({ programmeId, net, terms: terms.get(programmeId) }));
  const money = await moneyOf(sql, payeeId, bankAccountId);
  return { ...known, ...money, owing: cents(money.owing + billed), due: dueOf({ due }) > 0n ? due : [], pool, poolOf };
}

type Net = Readonly<{ programmeId: OpenGroup['programmeId']; net: Cents }>;

/** By programme. `billed`: what a payee that accepted no netting will owe beside its statement. */
function netOf(
  payeeId: PayeeId, custodyAccountId: BankAccountId, groups: readonly OpenGroup[], isNetted: boolean,
): { nets: Net[]; billed: bigint } {
  const decided = decideStatement({ payeeId, custodyAccountId, groups }, COMMONS_POOL, isNetted);
  if (decided.kind === 'carried') return { nets: [], billed: 0n };
  const programmeIds = [...new Set(decided.groups.map(({ programmeId }) => programmeId))];
  const nets = programmeIds.map((programmeId) => {
    const own = decided.groups.filter((one) => one.programmeId === programmeId);
    return { programmeId, net: sum(own.map(({ net }) => net)) };
  });
  const billed = decided.billed ? decided.billed.billedFee + decided.billed.billedVat : 0n;
  return { nets, billed: billed > 0n ? billed : 0n };
}
