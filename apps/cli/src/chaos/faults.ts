// What can break, one thing after the other in an order that the seed draws: every fault at least once, then any. Each ends
// with the broken part running again; whether all came back right is judged at the end and not here.
import pg from 'pg';
import { pino } from 'pino';
import { openCourier, type Batch } from '#libs/messaging';
import { roleOf, SCHEMAS } from '#libs/persistence';
import { drawFrom } from './draw.js';
import { PROXIED, type QueueKind, type Theatre } from './theatre.js';

type Draw = (below: number) => number;
type Fault = Readonly<{ name: string; needs?: QueueKind; strike(theatre: Theatre, draw: Draw): Promise<string> }>;
export type FaultCounts = Readonly<Record<string, number>>;

/** Answers are lost until so long after nobody commits. */
const LOSING_MS = 10_000;
/** Batches per sender and receiver that come again. */
const REDELIVERED = 20;
const SENDERS = ['issuance', 'redemption', 'settlement'] as const;

const pause = (ms: number) => new Promise((resume) => { setTimeout(resume, ms); });
const oneOf = <T>(items: readonly T[], draw: Draw): T => items[draw(items.length)]!;
/** Money moves in two of them at every moment of the play: they are struck twice as often. */
const someService = ({ services }: Theatre, draw: Draw) =>
  oneOf([...services, ...services.filter(({ name }) => name === 'redemption' || name === 'settlement')], draw);

export const FAULTS: readonly Fault[] = [
  {
    name: 'kill-service',
    async strike(theatre, draw) {
      const service = someService(theatre, draw);
      await service.kill();
      await pause(draw(1_500));
      service.start();
      return service.name;
    },
  },
  {
    name: 'freeze-service',
    async strike(theatre, draw) {
      const service = someService(theatre, draw);
      service.freeze();
      await pause(1_000 + draw(5_000));
      service.thaw();
      return service.name;
    },
  },
  {
    name: 'cut-connections',
    async strike(theatre, draw) {
      const schema = oneOf(SCHEMAS, draw);
      await onServer(theatre.adminUrl, 'select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [roleOf(schema)]);
      return `of ${schema}`;
    },
  },
  {
    name: 'crash-database',
    async strike(theatre) {
      await theatre.crashDatabase();
      return 'kill -9, and recovery';
    },
  },
  {
    name: 'lose-commit-replies',
    async strike({ proxies }, draw) {
      const service = oneOf(PROXIED, draw);
      return `${await proxies[service].loseCommits(1 + draw(5), LOSING_MS)} of ${service}`;
    },
  },
  {
    name: 'redeliver-shuffled',
    async strike(theatre, draw) {
      return `${await redeliver(theatre, draw)} batches`;
    },
  },
  { name: 'empty-redis', needs: 'redis', async strike({ redis }) { await redis!.empty(); return 'FLUSHALL'; } },
  { name: 'restart-redis', needs: 'redis', async strike({ redis }) { await redis!.restartEmpty(); return 'kill -9, empty'; } },
];

/** What was sent last to everybody comes three times more, shuffled. */
async function redeliver({ queue, adminUrl }: Theatre, draw: Draw): Promise<number> {
  const courier = await openCourier(queue, pino({ level: 'silent' }));
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const batches: Batch[] = [];
    for (const sender of SENDERS) batches.push(...await courier.newest(client, sender, REDELIVERED));
    const rest = [0, 1, 2].flatMap((time) => batches.map((batch) => ({ batch, again: `${time}-${draw(1e9)}` })));
    while (rest.length > 0) {
      const [{ batch, again }] = rest.splice(draw(rest.length), 1) as [(typeof rest)[number]];
      await courier.deliver(batch, again);
    }
    return 3 * batches.length;
  } finally {
    await client.end();
    await courier.close();
  }
}

/** Strikes `count` times with breaths between, then sees that every service is there; a service that ended by itself is started. */
export async function keepFaulting(
  theatre: Theatre, { seed, count, tell }: { seed: string; count: number; tell: (line: string) => void },
): Promise<FaultCounts> {
  const draw = drawFrom(`${seed}:faults`);
  const possible = FAULTS.filter(({ needs }) => !needs || (needs === 'redis' && theatre.redis !== undefined));
  const counts: Record<string, number> = Object.fromEntries(possible.map(({ name }) => [name, 0]));
  for (let struck = 0; struck < count; struck += 1) {
    await pause(500 + draw(2_000));
    restartEnded(theatre);
    const fault = possible[struck] ?? oneOf(possible, draw);
    const what = await fault.strike(theatre, draw);
    counts[fault.name]! += 1;
    tell(`${String(struck + 1).padStart(3)}  ${fault.name}: ${what}`);
  }
  restartEnded(theatre);
  return counts;
}

/** What a supervisor does in production. */
function restartEnded({ services }: Theatre): void {
  for (const service of services) if (!service.isRunning()) service.start();
}

async function onServer(url: string, sql: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(sql, values).finally(() => client.end());
}
