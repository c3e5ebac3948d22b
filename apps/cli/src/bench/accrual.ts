// How fast do redemptions become claim lines? Messages as tills leave them, two hundred to a row of the outbox, wait all at once;
// measured is from there to the last one taken, through relay, queue and inbox, while issuance and audit take the same ones.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { VoucherRedeemedV1 } from '#libs/contracts';
import type { QueueKind } from '../demo/stage.js';
import { startPrivateRedis } from '../private-redis.js';
import { openBenchStage } from './bench-stage.js';
import { openBenchScheme } from './issuance-scheme.js';
import { makeSpendable } from './spendable-batch.js';

const BATCH_VOUCHERS = 1_000;
/** As many as one batch of a till holds. */
const MESSAGES_PER_ROW = 200;
const LOOK_MS = 20;

/** Lines per second. Throws when a line is missing at the end. */
export async function measureAccrual(queue: QueueKind, lines: number): Promise<number> {
  const stage = await openBenchStage();
  const admin = new pg.Client({ connectionString: stage.adminUrl });
  await admin.connect();
  const redis = queue === 'redis' ? await startPrivateRedis() : undefined;
  try {
    const setting = await openBenchScheme(stage, redis ? { REDIS_URL: redis.url } : {});
    try {
      const { batchId } = await makeSpendable(setting, BATCH_VOUCHERS);
      const before = await quietSeq(admin);
      await leaveMessages(admin, batchId.replace(/^bat_/, ''), lines);
      const began = performance.now();
      while (await takenSeq(admin) < before + lines) await sleep(LOOK_MS);
      const seconds = (performance.now() - began) / 1_000;
      const { rows: [row] } = await admin.query<{ count: number }>('select count(*)::int as count from settlement.claim_line where source_seq > $1', [before]);
      if (row!.count !== lines) throw new Error(`${lines} redemptions were told, ${row!.count} lines are there`);
      return Math.round(lines / seconds);
    } finally {
      await setting.close();
    }
  } finally {
    await redis?.stop();
    await admin.end();
    await stage.close();
  }
}

/** Of one voucher after the other; the place, its programme and the rules are those of the one redemption that was made. */
async function leaveMessages(admin: pg.Client, batchId: string, lines: number): Promise<void> {
  await admin.query(`
    with made as (select * from redemption.redemption order by id desc limit 1),
    told as (select n, uuidv7() as id from generate_series(0, $2::int - 1) n)
    insert into redemption.outbox (messages)
    select jsonb_agg(jsonb_build_object('id', t.id, 'type', $3::text, 'subject', 'redemption:' || t.id, 'subjectVersion', 1,
      'occurredAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'causationId', 'request:' || t.id, 'correlationId', 'bench',
      'actor', jsonb_build_object('kind', 'place', 'id', m.place_id),
      'body', $4::jsonb || jsonb_build_object('redemptionId', t.id, 'voucherId', t.id, 'programmeId', m.programme_id, 'batchId', $1::text,
        'placeId', m.place_id, 'siteId', m.site_id, 'amountCents', 1, 'voucherIndex', t.n % $5::int, 'serviceDate', m.service_date,
        'custodyAccountId', b.custody_account_id)) order by t.n)
    from told t cross join made m join redemption.batch b on b.id = m.batch_id group by t.n / $6::int order by t.n / $6::int`,
  [batchId, lines, VoucherRedeemedV1.type, JSON.stringify(VoucherRedeemedV1.sample), BATCH_VOUCHERS, MESSAGES_PER_ROW]);
}

async function takenSeq(admin: pg.Client): Promise<number> {
  const { rows: [row] } = await admin.query<{ seq: string }>(`select contiguous_seq as seq from settlement.inbox_position where sender = 'redemption'`);
  return Number(row?.seq ?? 0);
}

/** What was taken when nothing more comes: what the scheme itself needed is no part of the figure. */
async function quietSeq(admin: pg.Client): Promise<number> {
  for (let seq = await takenSeq(admin); ;) {
    await sleep(1_000);
    const next = await takenSeq(admin);
    if (next === seq) return seq;
    seq = next;
  }
}
