// `npm run chaos [-- --quick|--full] [--queue redis|postgres] [--seed S] [--json]`: every service in a process of its own,
// on a real PostgreSQL and a real queue, while tills redeem and somebody pulls the plugs. Afterwards the tills' own diary
// is held against the books. Exit 0 only when nothing acknowledged is lost, no invariant is broken, and all is quiet in time.
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { inspect } from '#libs/invariants';
import { StartupFault } from '#libs/persistence';
import { hasRedisServer } from '../private-redis.js';
import { keepFaulting, FAULTS, type FaultCounts } from './faults.js';
import { keepRedeeming } from './load.js';
import { judgeDiary, settle } from './judgement.js';
import { openScene } from './scene.js';
import { openTheatre, type QueueKind } from './theatre.js';
import { SIZES, type Size } from './sizes.js';

type Wanted = Readonly<{ size: Size; queue: QueueKind; seed: string; json: boolean }>;
type Verdict = Readonly<{
  seed: string; queue: QueueKind; faults: FaultCounts; acknowledged: number; refused: number; asked: number;
  /** Acknowledged to a till and not in the books, or answered otherwise when asked again. */
  lost: number;
  invariants: { checked: number; broken: readonly string[] };
  /** From the end of the last fault until every message was taken; undefined when that did not happen in time. */
  settledSeconds: number | undefined;
  seconds: number;
}>;

export async function chaosCommand(args: readonly string[]): Promise<number> {
  const wanted = wantedOf(args);
  const tell = wanted.json ? () => {} : (line: string) => console.log(`  ${line}`);
  if (!wanted.json) console.log(`Chaos, ${wanted.size.name} size, queue in ${wanted.queue} (seed ${wanted.seed})`);
  const verdict = await play(wanted, tell);
  console.log(wanted.json ? JSON.stringify(verdict) : conclusion(verdict));
  return isGood(verdict) ? 0 : 1;
}

function wantedOf(args: readonly string[]): Wanted {
  try {
    const { values } = parseArgs({
      args: [...args], options: {
        quick: { type: 'boolean' }, full: { type: 'boolean' }, json: { type: 'boolean', default: false }, queue: { type: 'string' }, seed: { type: 'string' },
      },
    });
    const queue = values.queue ?? (hasRedisServer() ? 'redis' : 'postgres');
    if (queue !== 'redis' && queue !== 'postgres') throw new Error(`there is no queue ${queue}`);
    if (queue === 'redis' && !hasRedisServer()) throw new Error('redis-server is not installed');
    return { size: SIZES[values.full ? 'full' : 'quick'], queue, seed: values.seed ?? randomBytes(8).toString('hex'), json: values.json };
  } catch (error) {
    throw new StartupFault(`${(error as Error).message}; usage: npm run chaos -- [--quick|--full] [--queue redis|postgres] [--seed S] [--json]`);
  }
}

async function play({ size, queue, seed }: Wanted, tell: (line: string) => void): Promise<Verdict> {
  const began = performance.now();
  const theatre = await openTheatre(queue, tell);
  try {
    const scene = await openScene(theatre, { seed, vouchers: size.vouchers });
    tell(`${size.vouchers} vouchers are spendable, ${scene.tills.length} tills open; the faults are ${FAULTS.filter(({ needs }) => !needs || needs === queue).map(({ name }) => name).join(', ')}`);
    const load = keepRedeeming(scene, { seed, tellersPerTill: size.tellersPerTill });
    const faults = await keepFaulting(theatre, { seed, count: size.faults, tell });
    const diary = await load.stop();
    tell(`${diary.length} attempts in the diary; waiting for quiet`);
    const settledSeconds = await settle(theatre);
    const judged = await judgeDiary(theatre, diary);
    const { checked, broken } = await inspect(theatre.inspectorUrl);
    return {
      seed, queue, faults, ...judged, settledSeconds, seconds: (performance.now() - began) / 1000,
      invariants: { checked, broken: broken.map(({ invariant, rowNamed, detail }) => `${invariant}: ${rowNamed}: ${detail}`) },
    };
  } finally {
    await theatre.close();
  }
}

const isGood = ({ lost, invariants, settledSeconds, acknowledged }: Verdict): boolean =>
  lost === 0 && invariants.broken.length === 0 && settledSeconds !== undefined && acknowledged > 0;

function conclusion(verdict: Verdict): string {
  const { faults, acknowledged, refused, asked, lost, invariants, settledSeconds, seconds } = verdict;
  return [
    `faults: ${Object.entries(faults).map(([name, count]) => `${name} ${count}`).join(', ')}`,
    `tills: ${asked} attempts, ${acknowledged} acknowledged, ${refused} refused, ${lost} lost`,
    ...invariants.broken.map((line) => `BROKEN ${line}`),
    `${invariants.checked} invariants checked, ${invariants.broken.length} rows broken`,
    settledSeconds === undefined ? 'NOT quiet in time' : `quiet ${settledSeconds.toFixed(1)} s after the last fault`,
    `${isGood(verdict) ? 'it held' : 'IT DID NOT HOLD'} (${seconds.toFixed(0)} s)`,
  ].join('\n');
}
