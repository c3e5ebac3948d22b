// `npm run demo`: the life of a voucher on a database of its own, with every account it touched, and every invariant
// checked at the end; with --places a whole year of a scheme. Exit 1 when an invariant is broken: with a sabotage, that
// is what must happen.
import { localDate } from '#libs/kernel';
import { inspect } from '#libs/invariants';
import { oneOrigin } from '../world/api.js';
import type { Tell } from '../world/opening.js';
import { firstPeople, settingOf } from '../world/people.js';
import { Plot } from '../world/plot.js';
import { waitFor } from '../world/wait.js';
import { playYear } from '../year/play-year.js';
import { readAccounts } from './accounts.js';
import { playLife, type Life } from './life.js';
import { readOptions, type LifeOptions } from './options.js';
import { accountsText, conclusion, reportOf } from './report.js';
import { crimeOf, TurnableClock } from './sabotage.js';
import { openStage, type Stage } from './stage.js';

/** Quiet means quiet: what is not taken within this is not under way, it is stuck. */
const IDLE_MS = 15_000;

export async function demoCommand(args: readonly string[]): Promise<number> {
  const { life, year } = readOptions(args);
  const began = performance.now();
  const elapsed = () => ((performance.now() - began) / 1000).toFixed(1).padStart(5);
  const tell = life.json ? () => {} : (line: string) => console.log(`  ${elapsed()} s  ${line}`);
  const title = `${year ? 'A year of a scheme' : 'The life of a voucher'}${life.sabotage ? `, with the sabotage ${life.sabotage}` : ''}`;
  if (!life.json) console.log(`${title} (seed ${life.seed})`);
  return year ? playYear(year, tell) : playOneLife(life, tell, began);
}

async function playOneLife(options: LifeOptions, tell: Tell, began: number): Promise<number> {
  const clock = new TurnableClock();
  const stage = await openStage(clock, options.queue, { MEREAU_COOLING_OFF_HOURS: '0' });
  try {
    const life = await play(stage, options, clock, tell);
    return await conclude(stage, options, life, (performance.now() - began) / 1000);
  } finally {
    await stage.close();
  }
}

/** Undefined when the platform itself refused to go on: that is a find too, and the inspection says what it was. */
async function play(stage: Stage, { seed, sabotage }: LifeOptions, clock: TurnableClock, tell: Tell): Promise<Life | undefined> {
  const plot = new Plot(seed, Date.now());
  await stage.platform.createFirstPeople(firstPeople(plot));
  const setting = settingOf(plot, oneOrigin(stage.platform.url), stage.dataDir);
  const today = localDate(new Date().toISOString().slice(0, 10));
  try {
    return await playLife(setting, today, tell, crimeOf(sabotage, { adminUrl: stage.adminUrl, clock }));
  } catch (error) {
    if (!sabotage) throw error;
    tell(`the platform stopped by itself: ${(error as Error).message}`);
    return undefined;
  }
}

async function conclude(stage: Stage, { json, seed }: LifeOptions, life: Life | undefined, seconds: number): Promise<number> {
  // After a crime a message may stay on its way for ever: then that is what the inspection finds.
  await waitFor('every message is taken', () => stage.platform.idle(), IDLE_MS).catch(() => undefined);
  const read = await readAccounts(stage.inspectorUrl);
  const report = reportOf({ seed, life, ...read, inspection: await inspect(stage.inspectorUrl), seconds });
  console.log(json ? JSON.stringify(report) : `${accountsText(read.accounts)}\n${conclusion(report)}`);
  return report.audit.verified ? 0 : 1;
}
