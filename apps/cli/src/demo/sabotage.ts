// Five crimes, each by somebody with more power than the software expects: the superuser of the database, or the one who
// sets its clock. The demo commits one, and has to name the row.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Clock } from '#libs/kernel';
import type { Person } from '../world/api.js';
import type { Dates, PlacedOrder } from '../world/money-in.js';

export const SABOTAGES = ['drop-event', 'edit-row', 'double-pay', 'cheat-clock', 'fund-twice'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

/** Believes the database until somebody turns it. */
export class TurnableClock implements Clock {
  private at: Date | null = null;
  override(): Date | null {
    return this.at;
  }
  turnTo(at: Date | null): void {
    this.at = at;
  }
}

type Scene = Readonly<{ adminUrl: string; clock: TurnableClock }>;

/** What a crime needs of the world that it is committed in. */
export type Victim = Readonly<{
  operator: Person;
  dates: Dates;
  /** One more order of a programme that is open. */
  order: () => Promise<PlacedOrder>;
  /** A till redeems a voucher that nobody has used yet, for a service of today. */
  redeemOne: () => Promise<unknown>;
}>;

/** When a crime is committed: vouchers can be spent; two were redeemed since; places were paid. */
export type Crime = Readonly<Partial<Record<'opened' | 'redeemed' | 'paid', (victim: Victim) => Promise<void>>>>;

export function crimeOf(sabotage: Sabotage | undefined, scene: Scene): Crime {
  switch (sabotage) {
    case 'drop-event': return dropEvent(scene);
    case 'edit-row': return { paid: () => asSuperuser(scene, EDIT_ROW) };
    case 'double-pay': return { paid: () => asSuperuser(scene, DOUBLE_PAY(randomUUID(), randomUUID())) };
    case 'cheat-clock': return { paid: (victim) => cheatClock(victim, scene) };
    case 'fund-twice': return { paid: (victim) => fundTwice(victim, scene) };
    case undefined: return {};
  }
}

/** Triggers and foreign keys sleep in this session, as they do for whoever holds the server. */
async function asSuperuser({ adminUrl }: Scene, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`set session_replication_role = replica; ${sql}`);
  } finally {
    await client.end();
  }
}

/**
 * Takes one redemption out of the batch to settlement before it is sent, and mends what the batch says of itself. The
 * relay is held back until both redemptions are made, so that they travel together and one is left.
 */
function dropEvent(scene: Scene): Crime {
  const holder = new pg.Client({ connectionString: scene.adminUrl });
  return {
    opened: async () => {
      await asSuperuser(scene, DROP_EVENT);
      await holder.connect();
      await holder.query(`select pg_advisory_lock(hashtextextended('mereau.relay.redemption', 0))`);
    },
    redeemed: async () => {
      // The lock goes with the session.
      await holder.end();
    },
  };
}

const DROP_EVENT = `
  create function redemption.sabotage() returns trigger language plpgsql as $$
  begin
    if new.receiver = 'settlement' and new.count > 1 and new.messages @> '[{"type": "voucher.redeemed.v1"}]' then
      new.messages := new.messages - 0;
      new.count := jsonb_array_length(new.messages);
      new.first_seq := (new.messages -> 0 ->> 'seq')::bigint;
    end if;
    return new;
  end $$;
  create trigger sabotage before insert on redemption.sent_batch for each row execute function redemption.sabotage()`;

/** A redemption that was settled and paid gains nine euros. */
const EDIT_ROW = `
  update redemption.redemption set amount = amount + 900
  where id = (select l.redemption_id from settlement.statement_line l join settlement.payment_statement ps on ps.statement_id = l.statement_id
    join settlement.payment p on p.id = ps.payment_id where p.state = 'booked' order by l.redemption_id limit 1)`;

/** A statement that was paid is paid once more, with every posting that belongs to it. */
const DOUBLE_PAY = (paymentId: string, eventId: string): string => `
  drop index settlement.one_live_payment_per_statement;
  with first as (select p.*, ps.statement_id, r.bank_account_id from settlement.payment p join settlement.payment_statement ps on ps.payment_id = p.id
    join settlement.settlement_run r on r.id = p.run_id where p.state = 'booked' order by p.id limit 1),
  again as (insert into settlement.payment (id, run_id, payee_id, payee_bank_account_id, end_to_end_id, amount, currency, state)
    select '${paymentId}', gen_random_uuid(), payee_id, payee_bank_account_id, 'MRAGAIN', amount, currency, 'booked' from first),
  of_statement as (insert into settlement.payment_statement (payment_id, statement_id, live) select '${paymentId}', statement_id, true from first)
  insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
    select '${eventId}'::uuid, 0, '14', 'payable:' || payee_id, 'transit:${paymentId}', amount, currency, bank_account_id from first
    union all select '${eventId}'::uuid, 1, '15', 'transit:${paymentId}', 'bank:' || bank_account_id, amount, currency, bank_account_id from first`;

/** After the last claim day the clock is set back, and a till redeems as if nothing had happened. */
async function cheatClock({ operator, dates, redeemOne }: Victim, { clock }: Scene): Promise<void> {
  const before = clock.override();
  clock.turnTo(new Date(Date.parse(`${dates.claimableUntil}T12:00:00Z`) + 5 * 86_400_000));
  await operator.post('/redemption/period-closings', {});
  clock.turnTo(before);
  await redeemOne();
}

/** The credit that funded the first order is made to fund a second one too. */
async function fundTwice({ order }: Victim, scene: Scene): Promise<void> {
  const { orderId } = await order();
  const eventId = randomUUID();
  await asSuperuser(scene, `
    with match as (select * from issuance.receipt_match order by matched_at limit 1),
    again as (insert into issuance.receipt_match (bank_line_id, order_id, payer_id, amount_cents, currency, event_id, matched_by, matched_at)
      select bank_line_id, '${orderId.slice(4)}', payer_id, amount_cents, currency, '${eventId}', 'nobody', matched_at from match)
    insert into issuance.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
      select '${eventId}', t.line, '3', t.debit, t.credit, t.amount, t.currency, t.custody_account_id
      from issuance.transfer t join match on t.event_id = match.event_id`);
}
