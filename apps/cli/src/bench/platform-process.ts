// The whole platform in a process of its own, as `npm start` runs it, so that its memory and its event loop are its own
// and not the bench's. Its address goes to the parent, and its peak memory when the parent asks.
import 'reflect-metadata';
import { databaseClock } from '#libs/kernel';
import { SCHEMAS } from '#libs/persistence';
import { createLogs, keyringFor, readProgramSettings } from '#libs/service';
import { startPlatform } from '../../../platform/src/platform.js';
import { firstPeople } from '../world/people.js';
import { Plot } from '../world/plot.js';

type Start = Readonly<{ env: Readonly<Record<string, string>>; seed: string }>;
export type PlatformOrder = Readonly<{ start?: Start; memory?: true }>;
export type PlatformAnswer = Readonly<{ url: string }>;
/** In MB, since the process began. */
export type MemoryAnswer = Readonly<{ peakMb: number }>;

async function start({ env, seed }: Start): Promise<PlatformAnswer> {
  const program = readProgramSettings(env);
  const shared = { env, program, keyring: keyringFor(SCHEMAS, program, env), clock: databaseClock, logs: createLogs(program, 'bench', process.stderr) };
  const platform = await startPlatform(shared);
  await platform.createFirstPeople(firstPeople(new Plot(seed, 0)));
  process.once('disconnect', () => { void platform.close().finally(() => process.exit(0)); });
  return { url: platform.url };
}

const memory = (): MemoryAnswer => ({ peakMb: process.resourceUsage().maxRSS / 1024 });

process.on('message', (order: PlatformOrder) => {
  if (order.memory) process.send?.(memory());
  if (order.start) start(order.start).then((answer) => process.send?.(answer), (error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
