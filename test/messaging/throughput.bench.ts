// Messages per second from outbox rows to effects behind the inbox, on both engines in the same run, alternated. Ratios
// travel between machines, seconds do not. Run on a test server:
//   node -C source --import ./test/messaging/support/typescript.mjs test/messaging/throughput.bench.ts [messages] [rounds]
import { until } from '#libs/testing';
import { engineNames, type EngineName } from './support/engines.js';
import { World } from './support/world.js';

const [messages = 10_000, rounds = 3] = process.argv.slice(2).map(Number);

async function measure(engine: EngineName) {
  const world = await World.open(engine);
  try {
    await world.admin.query(`
      insert into issuance.outbox (messages) select jsonb_build_array(jsonb_build_object(
        'id', gen_random_uuid(), 'type', 'test.fact.v1', 'subject', 'test:' || n, 'subjectVersion', 1,
        'occurredAt', '2026-01-01T00:00:00.000Z', 'causationId', null, 'correlationId', 'bench',
        'actor', jsonb_build_object('kind', 'system', 'id', 'bench'), 'body', jsonb_build_object('n', n, 'text', repeat('x', 300))))
      from generate_series(1, $1::int) n`, [messages]);
    const began = performance.now();
    const issuance = await world.start('issuance', { timing: { resendMs: 60_000 } });
    await until('numbered', async () => await world.count('select last_seq n from issuance.relay_position') === messages, 120_000);
    const numbered = performance.now();
    const receiving = performance.now();
    await world.start('redemption', { timing: { lockMs: 10_000, stalledMs: 5000 } });
    await until('effects', async () => await world.effectCount() === messages, 300_000);
    await until('acknowledged', () => issuance.messaging.idle(), 60_000);
    const ended = performance.now();
    const perSecond = (from: number, to: number) => messages / ((to - from) / 1000);
    return { numbering: perSecond(began, numbered), taking: perSecond(receiving, ended), whole: perSecond(began, ended) };
  } finally {
    await world.close();
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const engines = engineNames();
const found = new Map(engines.map((engine) => [engine, [] as Awaited<ReturnType<typeof measure>>[]]));
for (let round = 0; round < rounds; round += 1) for (const engine of engines) found.get(engine)!.push(await measure(engine));
for (const what of ['numbering', 'taking', 'whole'] as const) {
  const figures = engines.map((engine) => ({ engine, value: median(found.get(engine)!.map((one) => one[what])) }));
  const [first, second] = figures;
  const ratio = first && second ? `, redis is ${(second.value / first.value).toFixed(2)} of postgres` : '';
  const shown = figures.map(({ engine, value }) => `${engine} ${Math.round(value)}/s`).join(', ');
  process.stdout.write(`${what}: ${shown}${ratio}\n`);
}
