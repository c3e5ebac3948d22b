// After the last fault: first quiet, then the tills' diary against the books. A till that was told yes must find its
// redemption there, with that amount; and whoever asks again under an old key must hear what was said the first time.
import pg from 'pg';
import { compare, type Asked, type Judged } from './compare.js';
import { attempt, type Entry } from './load.js';
import type { Theatre } from './theatre.js';

/** The bar of the design: everything is consumed within a minute of the end of the fault. */
const SETTLE_MS = 60_000;
/** So many answered attempts are asked again; every unanswered one is. */
const ASKED_AGAIN_MAX = 300;
const AT_ONCE = 8;
const SENDERS = ['issuance', 'redemption', 'settlement'] as const;

const QUIET = `select ${SENDERS.map((sender) => `
  not exists (select from ${sender}.outbox) and not exists (select from ${sender}.sent_batch where acknowledged_at is null)
  and not exists (select from ${sender}.inbox_try)`).join(' and ')} and not exists (select from audit.inbox_try) as quiet`;

/** Seconds until every service answers and no message is on its way; undefined when that is not so after a minute. */
export async function settle(theatre: Theatre): Promise<number | undefined> {
  const began = performance.now();
  await Promise.all(theatre.services.map((service) => service.ready()));
  while (performance.now() - began < SETTLE_MS) {
    const [row] = await ask<{ quiet: boolean }>(theatre.inspectorUrl, QUIET);
    if (row!.quiet) return (performance.now() - began) / 1000;
    await new Promise((resume) => { setTimeout(resume, 100); });
  }
  return undefined;
}

/** Asks the tills' questions again and holds the answers against the books. */
export async function judgeDiary(theatre: Theatre, diary: readonly Entry[]): Promise<Judged> {
  const final = await askAgain(diary);
  const booked = await ask<{ id: string; amount: string }>(
    theatre.inspectorUrl, 'select id, amount from redemption.redemption where id = any($1::uuid[])', [diary.map(({ key }) => key)],
  );
  return compare(final, new Map(booked.map(({ id, amount }) => [id, Number(amount)])));
}

/** Everything unanswered, and a part of the rest, the newest first: those were nearest to the faults. */
async function askAgain(diary: readonly Entry[]): Promise<Asked[]> {
  const again = new Set([...diary].reverse().filter(({ told }, at) => told === undefined || at < ASKED_AGAIN_MAX));
  const queue = [...diary];
  const final: Asked[] = [];
  const lane = async () => {
    for (let entry = queue.shift(); entry; entry = queue.shift()) {
      const told = again.has(entry) ? await attempt(entry) ?? await attempt(entry) : entry.told;
      final.push({ ...entry, told, toldBefore: entry.told });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return final;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
