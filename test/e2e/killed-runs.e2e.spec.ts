// A process that dies at each step between lines and money: while it writes, and while its commit is under way. Whoever asked
// asks again with the same key, another process answers, and in the end each line was paid once, by the same bytes.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLocalIdentity, type LocalIdentity } from '../../apps/cli/src/bench/local-identity.js';
import { ServiceProcess } from '../../apps/cli/src/chaos/service-process.js';
import { freePort } from '../../apps/cli/src/free-port.js';
import type { Principal } from '#libs/auth';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { ANNA, BERT, plain, SettlementWorld, shown, type Answer, type Place } from '../builders/settlement-world.js';

/** 5 of each step and moment; the quick size has one of each step, of either moment in turn. */
const FULL = process.env['MEREAU_SIZES'] === 'full';
const ROUNDS = FULL ? 5 : 1;
/** Any number; whoever passes a gate asks for it, and waits while the spec has it. */
const GATE = 7_062_040;

type Moment = 'writing' | 'committing';
/** Where it dies: a write of this table. */
type Step = Readonly<{ name: string; table: string; on: 'insert' | 'update' }>;
const STEPS: readonly Step[] = [
  { name: 'close: the number', table: 'statement_closing', on: 'insert' },
  { name: 'close: a statement', table: 'statement', on: 'insert' },
  { name: 'close: the end', table: 'statement_closing', on: 'update' },
  { name: 'create: the run', table: 'settlement_run', on: 'insert' },
  { name: 'create: bytes and hash', table: 'payment_file', on: 'insert' },
  { name: 'approve', table: 'approval', on: 'insert' },
  { name: 'release', table: 'settlement_run', on: 'update' },
  { name: 'hand out', table: 'payment_file_download', on: 'insert' },
];
const CASES = STEPS.flatMap((step, at): (readonly [step: Step, moment: Moment])[] =>
  (FULL ? ['writing', 'committing'] as const : [at % 2 === 0 ? 'writing' as const : 'committing' as const]).map((moment) => [step, moment]));

let world: SettlementWorld;
let identity: LocalIdentity;
/** One for all rounds: so many new accounts in the runs of one day would trip a breaker. */
let place: Place & { payeeId: string };
let closings = 0;
/** The one that is going to die, and the next, which starts in the meantime. */
let next: Promise<Mortal>;

type Mortal = Readonly<{ process: ServiceProcess; url: string }>;
async function born(): Promise<Mortal> {
  const port = await freePort();
  const mortal = new ServiceProcess(process.cwd(), 'settlement', {
    ...PUBLISHED_KEYS, PATH: process.env['PATH'] ?? '', DATABASE_URL: world.database.adminUrl, MEREAU_ENV: 'test', LOG_LEVEL: 'error',
    PORT: String(port), MEREAU_IDENTITY_URL: identity.url, MEREAU_HOLD_FIRST_REMITTANCE: 'off', MEREAU_COOLING_OFF_HOURS: '0',
  });
  mortal.start();
  await mortal.ready();
  return { process: mortal, url: `http://127.0.0.1:${port}/settlement` };
}

beforeAll(async () => {
  world = await SettlementWorld.create();
  identity = await startLocalIdentity(loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: ['identity-token'] }));
  await world.admin.query(`
    create function settlement.pass_gate() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(${GATE}); return new; end $$;
    grant execute on function settlement.pass_gate() to public`);
  place = await world.accredit().then(async (made) => ({ ...made, payeeId: await world.payee(made) }));
  next = born();
}, 120_000);
afterAll(async () => {
  await (await next).process.stop();
  await identity.close();
  await world.close();
});

/** A write of this table waits, itself or its commit, while the spec has the gate shut. */
async function gated<T>({ table, on }: Step, moment: Moment, act: () => Promise<T>): Promise<T> {
  const trigger = moment === 'writing'
    ? `create trigger gate before ${on} on settlement.${table}` : `create constraint trigger gate after ${on} on settlement.${table} deferrable initially deferred`;
  await world.admin.query(`${trigger} for each row execute function settlement.pass_gate()`);
  try {
    return await act();
  } finally {
    await world.admin.query(`drop trigger gate on settlement.${table}`);
  }
}

/** Who stands at the gate, or has passed it and not ended yet. */
async function atTheGate(how: 'waiting' | 'through'): Promise<number> {
  const { rows: [row] } = await world.inspector.query<{ count: number }>(
    `select count(*)::int as count from pg_locks where locktype = 'advisory' and objid = $1 and mode = 'ShareLock' and granted = $2`, [GATE, how === 'through']);
  return row!.count;
}

type Ask = Readonly<{ path: string; body: object; as: Principal; key: string; method?: 'GET' }>;
/** Asked of a process that dies over it; the answer never comes. */
async function askTheDying({ path, body, as, key, method }: Ask, step: Step, moment: Moment): Promise<void> {
  const mortal = await next.finally(() => { next = born(); });
  const token = await identity.tokenFor(as);
  const before = await world.count(step.table);
  await gated(step, moment, async () => {
    await world.admin.query('select pg_advisory_lock($1)', [GATE]);
    const asked = fetch(`${mortal.url}/${path}`, {
      method: method ?? 'POST', headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: JSON.stringify(body) }),
    }).then(({ status }) => status, () => 'no answer');
    while (await atTheGate('waiting') === 0) expect(mortal.process.isRunning()).toBe(true);
    await mortal.process.kill();
    await world.admin.query('select pg_advisory_unlock($1)', [GATE]);
    expect(await asked).toBe('no answer');
    // What it left at the server ends by itself, one way or the other, before anybody looks.
    while (await atTheGate('waiting') + await atTheGate('through') > 0);
  });
  if (step.on === 'insert') expect(await world.count(step.table) - before).toBe(moment === 'committing' ? 1 : 0);
}

/** Asks: of a mortal where this is the step, and of the immortal in any case. */
async function ask({ as, ...rest }: Ask, deadly: boolean, step: Step, moment: Moment): Promise<Answer> {
  // All rounds of the full size take longer than a proof of the second factor is fresh.
  const asked = { ...rest, as: { ...as, secondFactorTime: Math.floor(Date.now() / 1_000) } };
  if (deadly) await askTheDying(asked, step, moment);
  return asked.method === 'GET' ? world.get(asked.path, asked.as) : world.post(asked.path, { body: asked.body, as: asked.as, key: asked.key });
}

describe('a process that is killed', () => {
  const cases = CASES.flatMap(([step, moment]) =>
    Array.from({ length: ROUNDS }, (_, round) => [step.name, moment, round + 1, step] as const));

  it.each(cases)('at %s, while %s (%i), leaves nothing that is paid twice or never', async (name, moment, _, step) => {
    for (const cents of [1_000, 500]) await world.redeem(place, cents);
    await world.total();
    const dies = (prefix: string) => name.startsWith(prefix);
    const key = () => randomUUID();
    const closed = await ask({ path: 'statement-closings', body: {}, as: ANNA, key: key() }, dies('close'), step, moment);
    expect(closed.status).toBeLessThan(300);
    const statements = await world.rows<{ id: string; gross: string }>(
      'select id, gross from settlement.statement where payee_id = $1', [plain(place.payeeId)]);
    closings += 1;
    expect(statements).toEqual(Array.from({ length: closings }, () => ({ id: expect.any(String), gross: '1500' })));

    const run = await ask({ path: 'settlement-runs', body: { bankAccountId: shown('bankAccount', world.bankAccountId) }, as: ANNA, key: key() }, dies('create'), step, moment);
    expect([run.status, run.body['paymentCount']]).toEqual([201, 1]);
    const path = `settlement-runs/${String(run.body['runId'])}`;
    const approved = await ask({ path: `${path}/approvals`, body: { sha256: run.body['sha256'] }, as: BERT, key: key() }, dies('approve'), step, moment);
    expect([approved.status, approved.body]).toMatchObject([201, { state: 'approved', approvals: 1 }]);
    const released = await ask({ path: `${path}/release`, body: {}, as: ANNA, key: key() }, dies('release'), step, moment);
    expect([released.status, released.body['state']]).toEqual([200, 'released']);
    const [first, second] = [await ask({ path: `${path}/file`, body: {}, as: ANNA, key: key(), method: 'GET' }, dies('hand out'), step, moment), await world.get(`${path}/file`)];
    expect(second.bytes.equals(first.bytes)).toBe(true);
    expect(second.text).toContain(`<MsgId>${String(run.body['messageId'])}</MsgId>`);

    const payments = await world.rows('select p.amount::int as amount, p.run_id as run from settlement.payment p where p.payee_id = $1 and p.run_id = $2 and p.live',
      [plain(place.payeeId), plain(run.body['runId'])]);
    expect(payments).toEqual([{ amount: 1_449, run: plain(run.body['runId']) }]);
    expect([await world.balance(`accrued:${plain(place.payeeId)}`), await world.balance(`payable:${plain(place.payeeId)}`)]).toEqual([0, 0]);
  }, 120_000);

  it('leaves nothing of the others undone either: all that was released is in transit, and nothing twice', async () => {
    const [{ released, transit }] = (await world.rows<{ released: number; transit: number }>(`
      select (select coalesce(sum(amount), 0)::int from settlement.settlement_run where state = 'released') as released,
        (select coalesce(sum(case when split_part(credit, ':', 1) = 'transit' then amount else 0 end
           - case when split_part(debit, ':', 1) = 'transit' then amount else 0 end), 0)::int from settlement.transfer) as transit`)) as [{ released: number; transit: number }];
    expect(released).toBe(CASES.length * ROUNDS * 1_449);
    expect(transit).toBe(released);
  });
});
