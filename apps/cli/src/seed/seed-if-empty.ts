// What a new installation comes with: a small believable world, made through the same HTTP routes as everything after
// it. It is remembered in the data folder, so that a start that was killed goes on where it was, and a later start can
// say the sign-ins again. Not in production: there `mereau first-operator` makes the first account and nothing else.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Platform } from '../../../platform/src/platform.js';
import { oneOrigin } from '../world/api.js';
import { playOpening } from '../world/opening.js';
import { mailboxIn } from '../world/mailbox.js';
import { firstPeople, type SignIn } from '../world/people.js';
import { Plot } from '../world/plot.js';

const remembered = z.strictObject({
  seed: z.string(), startedAt: z.number(), done: z.boolean(),
  signIns: z.array(z.strictObject({ role: z.string(), email: z.string(), password: z.string() })),
  /** Secrets of second factors, by mail address: these people are made up, and have no phone. */
  authenticators: z.record(z.string(), z.string()).default({}),
});
type World = z.infer<typeof remembered>;

export type SeedSettings = Readonly<{ dataDir: string; wanted: boolean; say: (line: string) => void }>;

/** The sign-ins to print; none where the world is not wanted or was not made here. */
export async function seedIfEmpty(platform: Platform, { dataDir, wanted, say }: SeedSettings): Promise<readonly SignIn[]> {
  if (!wanted) return [];
  const file = worldFile(dataDir);
  const known = readWorld(dataDir);
  if (known?.done) return known.signIns;
  const world: World = known ?? { seed: randomBytes(32).toString('base64url'), startedAt: Date.now(), done: false, signIns: [], authenticators: {} };
  const plot = new Plot(world.seed, world.startedAt);
  keep(file, world);
  const created = await platform.createFirstPeople(firstPeople(plot));
  if (!created && !known) return []; // somebody else's database, with people of its own
  say('making a small world to look at: a payer, two places, ten vouchers');
  const signIns = await playOpening({
    origins: oneOrigin(platform.url), nextKey: plot.nextKey, passwordFor: plot.passwordFor, mailbox: mailboxIn(join(dataDir, 'mail')),
    authenticators: {
      secretOf: (email) => world.authenticators[email],
      keep: (email, secret) => {
        world.authenticators[email] = secret;
        keep(file, world);
      },
    },
  }, new Date(world.startedAt).toISOString().slice(0, 10));
  keep(file, { ...world, done: true, signIns: [...signIns] });
  return signIns;
}

const worldFile = (dataDir: string): string => join(dataDir, 'world.json');

/** Undefined where no world was made. */
export function readWorld(dataDir: string): World | undefined {
  const file = worldFile(dataDir);
  return existsSync(file) ? remembered.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** Whole or not at all: a kill in the middle of a write would lose the passwords. */
function keep(file: string, world: World): void {
  writeFileSync(`${file}.new`, JSON.stringify(world, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
