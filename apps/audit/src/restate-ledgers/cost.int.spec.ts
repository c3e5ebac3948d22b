import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, it } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import { uuidv7 } from 'uuidv7';
import { VoucherRedeemedV1 } from '#libs/contracts';
import { TallyPublisher } from '#libs/control-totals';
import { poolConfig, UnitOfWork, type SqlClient } from '#libs/persistence';
import { PrismaClient } from '../../../../prisma/generated/redemption/client.js';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { Comparer } from '../compare-tallies/comparer.js';
import { Restater } from './restater.js';

const COUNT = 100_000;
let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(() => world.close());
const note = (text: string) => appendFileSync('/tmp/consolidation/cost.log', `${new Date().toISOString()} ${text}\n`);
async function timed(name: string, work: () => Promise<unknown>) {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const out = await work();
  const used = process.cpuUsage(cpu);
  note(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s by the clock, ${((used.user + used.system) / 1e6).toFixed(1)} s of node; ${JSON.stringify(out)?.slice(0, 80)}`);
}
it('costs', async () => {
  const body = JSON.stringify(VoucherRedeemedV1.sample);
  const { custodyAccountId: custody, batchId } = VoucherRedeemedV1.sample;
  await world.tamper(`
    create table public.ev as select n, gen_random_uuid() as id from generate_series(1, ${COUNT}) n;
    insert into audit.event (sender, seq, id, type, subject, occurred_at, actor, causation_id, correlation_id, body)
      select 'redemption', n, id, 'voucher.redeemed.v1', 'voucher:' || n, now(), '{"kind":"place","id":"x"}', null, 'req-' || n, '${body}'::jsonb from public.ev;
    insert into audit.leaf (log_index, sender, seq, hash) select n, 'redemption', n, sha256(n::text::bytea) from public.ev;
    insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, booked_at)
      select id, 0, '7', 'outstanding:${batchId}', 'clearing:settlement', 1000, 'EUR', '${custody}', now() from public.ev;
    insert into redemption.batch (id, programme_id) select '${batchId}', '${VoucherRedeemedV1.sample.programmeId}' where false;
    update redemption.relay_position set last_seq = ${COUNT}`);
  note(`load ${COUNT}`);
  await world.admin.query('analyze');
  await timed('restate', () => new Restater(world.work).restateSealed());
  const client = new PrismaClient({ adapter: new PrismaPg(poolConfig(world.database.urlFor('redemption'), 'test')) });
  const work = new UnitOfWork(client as unknown as SqlClient, { schema: 'redemption', clock: world.clock, ids: { next: () => uuidv7() } });
  const tally = new TallyPublisher(work, { programmeOf: `case when account like 'outstanding:%' then '${VoucherRedeemedV1.sample.programmeId}'::uuid end` });
  await timed('recount', () => tally.announce({ kind: 'process', name: 't', correlationId: 't' }, 'recount'));
  await timed('minute with nothing new', () => tally.announce({ kind: 'process', name: 't', correlationId: 't' }, 'due'));
  await world.admin.query(`insert into audit.event (sender, seq, id, type, subject, occurred_at, actor, causation_id, correlation_id, body)
    select 'redemption', ${COUNT} + 1, (m ->> 'id')::uuid, m ->> 'type', m ->> 'subject', now(), m -> 'actor', null, 't', m -> 'body' from redemption.outbox, jsonb_array_elements(messages) m limit 1`);
  await timed('first comparison', () => new Comparer(world.work).compareAnnounced());
  await timed('consolidation', async () => (await world.get('consolidation')).body['custodyAccounts']);
  await timed('accounts', async () => (await world.get('consolidation/accounts?ledger=redemption&account=outstanding')).body);
  await timed('facts', async () => (await world.get('consolidation/facts?ledger=redemption&account=outstanding&limit=50')).status);
  note(`differences ${(await world.get('differences')).text.slice(0, 200)}`);
  const { rows } = await world.admin.query(`select relname, pg_total_relation_size(oid) / ${COUNT} as bytes from pg_class where relname in ('restated_transfer', 'event', 'leaf')`);
  note(JSON.stringify(rows));
  await client.$disconnect();
}, 600_000);
