// `npm run demo [-- --json] [--sabotage NAME] [--seed S]`: the life of a voucher on a database of its own, with every account it
// touched, and every invariant checked at the end. Exit 1 when one is broken: with a sabotage, that is what must happen.
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { localDate } from '#libs/kernel';
import { inspect } from '#libs/invariants';
import { StartupFault } from '#libs/persistence';
import { oneOrigin } from '../world/api.js';
import type { Tell } from '../world/opening.js';
import { firstPeople } from '../world/people.js';
import { Plot } from '../world/plot.js';
import { waitFor } from '../world/wait.js';
import { readAccounts } from './accounts.js';
import { playLife, type Life } from './life.js';
import { accountsText, conclusion, reportOf } from './report.js';
import { actsOf, SABOTAGES, TurnableClock, type Sabotage } from './sabotage.js';
import { openStage, type Stage } from './stage.js';

/** Quiet means quiet: what is not taken within this is not under way, it is stuck. */
const IDLE_MS = 15_000;

type Wanted = Readonly<{ json: boolean; seed: string; sabotage: Sabotage | undefined }>;

export async function demoCommand(args: readonly string[]): Promise<number> {
  const wanted = wantedOf(args);
  const began = performance.now();
  const elapsed = () => ((performance.now() - began) / 1000).toFixed(1).padStart(5);
  const tell = wanted.json ? () => {} : (line: string) => console.log(`  ${elapsed()} s  ${line}`);
  const title = `The life of a voucher${wanted.sabotage ? `, with the sabotage ${wanted.sabotage}` : ''}`;
  if (!wanted.json) console.log(`${title} (seed ${wanted.seed})`);
  const clock = new TurnableClock();
  const stage = await openStage(clock);
  try {
    const life = await play(stage, wanted, clock, tell);
    return await conclude(stage, wanted, life, (performance.now() - began) / 1000);
  } finally {
    await stage.close();
  }
}

function wantedOf(args: readonly string[]): Wanted {
  try {
    const { values } = parseArgs({
      args: [...args], options: { json: { type: 'boolean', default: false }, seed: { type: 'string' }, sabotage: { type: 'string' } },
    });
    const sabotage = SABOTAGES.find((name) => name === values.sabotage);
    if (values.sabotage && !sabotage) throw new Error(`there is no sabotage ${values.sabotage}`);
    return { json: values.json, seed: values.seed ?? randomBytes(8).toString('hex'), sabotage };
  } catch (error) {
    throw new StartupFault(`${(error as Error).message}; usage: npm run demo -- [--json] [--seed S] [--sabotage ${SABOTAGES.join('|')}]`);
  }
}

/** Undefined when the platform itself refused to go on: that is a find too, and the inspection says what it was. */
async function play(stage: Stage, { seed, sabotage }: Wanted, clock: TurnableClock, tell: Tell): Promise<Life | undefined> {
  const plot = new Plot(seed, Date.now());
  await stage.platform.createFirstPeople(firstPeople(plot));
  const setting = { origins: oneOrigin(stage.platform.url), nextKey: plot.nextKey, passwordFor: plot.passwordFor };
  const today = localDate(new Date().toISOString().slice(0, 10));
  try {
    return await playLife(setting, today, tell, actsOf(sabotage, { adminUrl: stage.adminUrl, clock }));
  } catch (error) {
    if (!sabotage) throw error;
    tell(`the platform stopped by itself: ${(error as Error).message}`);
    return undefined;
  }
}

async function conclude(stage: Stage, { json, seed }: Wanted, life: Life | undefined, seconds: number): Promise<number> {
  // After a crime a message may stay on its way for ever: then that is what the inspection finds.
  await waitFor('every message is taken', () => stage.platform.idle(), IDLE_MS).catch(() => undefined);
  const read = await readAccounts(stage.inspectorUrl);
  const report = reportOf({ seed, life, ...read, inspection: await inspect(stage.inspectorUrl), seconds });
  console.log(json ? JSON.stringify(report) : `${accountsText(read.accounts)}\n${conclusion(report)}`);
  return report.audit.verified ? 0 : 1;
}
