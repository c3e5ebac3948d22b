// A redemption database with programmes, places and vouchers in it, for specs of the till. Rows go in as the service's
// own role, so that a missing grant shows.
import pg from 'pg';
import { Collector } from '../../apps/redemption/src/till/collector.js';
import type { Answer, TillAttempt } from '../../apps/redemption/src/till/fold-batch.decision.js';
import { TillPool } from '../../apps/redemption/src/till/till-pool.js';
import {
  cents, idOf, isRejected, localDate, ZERO, type BatchId, type Clock, type PlaceId, type ProgrammeId,
} from '#libs/kernel';
import { fixedClock, seededIds, seedOfRun, testDatabase, type TestDatabase } from '#libs/testing';

export const NOON = '2026-03-10T12:00:00.000Z';
export const CUSTODY = '01900000-0000-7000-8000-0000000000aa';

export type BatchOptions = Readonly<{
  unit?: boolean; faceCents?: number; count?: number; spendable?: boolean; programmeId?: ProgrammeId;
  usableUntil?: string; claimableUntil?: string; pepperKeyId?: string;
}>;
export type PlaceOptions = Readonly<{ timeZone?: string; accreditedFor?: ProgrammeId | null; from?: string; to?: string }>;
export type RangeOptions = Readonly<{ first?: number; last: number; amountCents: number; spendable: boolean }>;
export type Vouchers = Readonly<{ batchId: BatchId; macs: readonly string[] }>;

/** What became of an attempt, in one word. */
export const wordOf = (answer: Answer): string => (isRejected(answer) ? answer.code : 'redeemed');

async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

export class RedemptionWorld {
  private readonly ids = seededIds(`${seedOfRun()}:redemption`);
  private readonly open: (() => Promise<void>)[] = [];

  private constructor(
    readonly database: TestDatabase,
    /** Signed in as the service's own role. */
    readonly service: pg.Client,
    readonly inspector: pg.Client,
    readonly admin: pg.Client,
  ) {}

  static async create(): Promise<RedemptionWorld> {
    const database = await testDatabase();
    const urls = [database.urlFor('redemption'), database.inspectorUrl, database.adminUrl];
    const [service, inspector, admin] = await Promise.all(urls.map(connected));
    return new RedemptionWorld(database, service!, inspector!, admin!);
  }

  /** One more session, ended with this world. */
  async connect(url: string): Promise<pg.Client> {
    const client = await connected(url);
    this.open.push(() => client.end());
    return client;
  }

  /** Ends the collectors and sessions of one spec: a server has only so many connections. */
  async release(): Promise<void> {
    await Promise.all(this.open.splice(0).map((end) => end()));
  }

  async close(): Promise<void> {
    await this.release();
    await Promise.all([this.service.end(), this.inspector.end(), this.admin.end()]);
    await this.database.drop();
  }

  newId(): string {
    return this.ids.next();
  }

  /** As another process would have it: a collector with a connection of its own. */
  collector(clock: Clock = fixedClock(NOON), onFault: (fields: object) => void = () => {}): Collector {
    const collector = new Collector({
      pool: new TillPool(this.database.urlFor('redemption')), clock, log: { error: onFault },
    });
    this.open.push(() => collector.stop());
    return collector;
  }

  async programme({ feeRuleFrom = '2026-01-01' }: { feeRuleFrom?: string | null } = {}): Promise<ProgrammeId> {
    const id = this.newId();
    await this.service.query(
      `insert into redemption.known_programme values ($1, 1, 'Un programme', true, 1000, 'EUR', '2026-12-31', '2027-01-31', $2)`, [id, CUSTODY],
    );
    if (feeRuleFrom) await this.service.query(`insert into redemption.known_fee_rule values ($1, 1, $2, 200, 2000, 100)`, [id, feeRuleFrom]);
    return idOf('programme', id);
  }

  async place({ timeZone = 'Europe/Paris', accreditedFor = null, from = '2026-01-01', to = '2027-12-31' }: PlaceOptions = {}): Promise<PlaceId> {
    const placeId = idOf('place', this.newId());
    const siret = BigInt(`0x${placeId.slice(-12)}`).toString().slice(0, 14).padStart(14, '0');
    await this.service.query(`insert into redemption.place values ($1, $2, 'Un lieu', now())`, [placeId, siret]);
    await this.service.query(`insert into redemption.site values ($1, $2, 'Un site', $3, now())`, [this.newId(), placeId, timeZone]);
    if (accreditedFor) await this.accredit(placeId, accreditedFor, { from, to });
    return placeId;
  }

  async accredit(placeId: PlaceId, programmeId: ProgrammeId, { from = '2026-01-01', to = '2027-12-31', version = 1 } = {}): Promise<void> {
    await this.service.query(
      'insert into redemption.accreditation values ($1, $2, $3, $4, $5, $6, now())', [this.newId(), placeId, programmeId, version, from, to],
    );
  }

  async vouchers(programmeId: ProgrammeId, options: BatchOptions = {}): Promise<Vouchers> {
    const { unit = true, faceCents = 1_000, count = 1, spendable = true, usableUntil = '2026-12-31', claimableUntil = '2027-01-31' } = options;
    const batchId = idOf('batch', this.newId());
    await this.service.query(
      `insert into redemption.batch values ($1, $2, $3, $4, 1, $5, 'EUR', $6, $7, $8, $9, $10, 's1', now())`,
      [batchId, this.newId(), programmeId, count, faceCents, unit, usableUntil, claimableUntil, CUSTODY, options.pepperKeyId ?? 'k1'],
    );
    const macs = Array.from({ length: count }, () => this.newId());
    await this.service.query(
      `insert into redemption.voucher (id, batch_id, index, code_mac, unit, face, balance)
       select id, $1, ordinality - 1, mac, $2, $3, $3 from unnest($4::uuid[], $5::uuid[]) with ordinality as t(id, mac, ordinality)`,
      [batchId, unit, faceCents, macs.map(() => this.newId()), macs],
    );
    await this.activate(batchId, { last: count - 1, amountCents: count * faceCents, spendable });
    return { batchId, macs };
  }

  /** A range row and its half of row 6, as the consumer of range.activated writes them. */
  async activate(batchId: BatchId, { first = 0, last, amountCents, spendable }: RangeOptions): Promise<void> {
    const activationId = this.newId();
    await this.service.query(
      `insert into redemption.voucher_range values ($1, $2, $3, $4, $5, 'EUR', now(), case when $6 then now() end)`,
      [activationId, batchId, first, last, amountCents, spendable],
    );
    await this.service.query(
      `insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
       values ($1, 0, '6', 'clearing:issuance', $2, $3, 'EUR', $4)`, [activationId, `outstanding:${batchId}`, amountCents, CUSTODY],
    );
  }

  attempt(codeMac: string, placeId: PlaceId, other: Partial<TillAttempt> = {}): TillAttempt {
    return {
      redemptionId: idOf('redemption', this.newId()), codeMacs: [codeMac], placeId, serviceDate: localDate('2026-03-10'),
      coPayment: ZERO, correlationId: 'a-spec', ...other,
    };
  }

  async balanceOf(codeMac: string): Promise<bigint> {
    const { rows } = await this.inspector.query<{ balance: string }>('select balance from redemption.voucher where code_mac = $1', [codeMac]);
    return cents(rows[0]!.balance);
  }

  /** What each of the four records of a redemption says in cents, over everything in this database. */
  async totals(): Promise<{ activated: bigint; left: bigint; outstanding: bigint; redeemed: bigint; posted: bigint; told: bigint }> {
    const { rows: [row] } = await this.inspector.query<Record<string, string>>(
      `select (select coalesce(sum(amount), 0) from redemption.voucher_range) as activated,
        (select coalesce(sum(balance), 0) from redemption.voucher) as left,
        (select coalesce(sum(case when credit like 'outstanding:%' then amount else -amount end), 0) from redemption.transfer) as outstanding,
        (select coalesce(sum(amount), 0) from redemption.redemption) as redeemed,
        (select coalesce(sum(amount), 0) from redemption.transfer where rule = '7') as posted,
        (select coalesce(sum((m -> 'body' ->> 'amountCents')::bigint), 0) from redemption.outbox, jsonb_array_elements(messages) m) as told`,
    );
    const of = (name: string) => BigInt(row![name]!);
    return {
      activated: of('activated'), left: of('left'), outstanding: of('outstanding'), redeemed: of('redeemed'), posted: of('posted'), told: of('told'),
    };
  }
}
