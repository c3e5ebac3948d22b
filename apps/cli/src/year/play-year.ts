// `npm run demo -- --places FILE --vouchers N`: a whole year of a scheme, on a database of its own. Exit 1 when anything
// does not add up: with a sabotage, that is what must happen.
import { FakeStripe } from '#libs/stripe';
import { crimeOf, TurnableClock, type Sabotage } from '../demo/sabotage.js';
import { openStage, type QueueKind, type Stage } from '../demo/stage.js';
import type { Tell } from '../world/opening.js';
import type { Sealed } from './acts/seal-audit.js';
import { cardSettings } from './acts/pay-by-card.js';
import { OutFolder } from './out-folder.js';
import { openYear, turnToFirstDay, type Opened } from './open-year.js';
import { playStory, type Act } from './story.js';
import { reportOn, reportText } from './year-report.js';
import { settled, type YearWish } from './year.js';

export type YearOptions = YearWish & Readonly<{ out: string | undefined; json: boolean; sabotage: Sabotage | undefined; queue: QueueKind }>;

export async function playYear(options: YearOptions, tell: Tell): Promise<number> {
  const clock = new TurnableClock();
  turnToFirstDay(clock);
  const folder = new OutFolder(options.out);
  const seconds: Record<string, number> = {};
  const began = performance.now();
  const act = timed(seconds, tell);
  const stripe = await FakeStripe.start({ now: () => clock.override()! });
  const stage = await act('stage', () => openStage(clock, options.queue, cardSettings(stripe)));
  try {
    const sealed = await play(stage, { stripe, wish: options, sabotage: options.sabotage, clock, folder, tell, act });
    // After a crime a message may stay on its way for ever: then that is what the inspection finds.
    await settled(stage).catch(() => undefined);
    seconds['total'] = (performance.now() - began) / 1_000;
    const report = await reportOn(stage.inspectorUrl, { seed: options.seed, sealed, files: folder.files, seconds });
    console.log(options.json ? JSON.stringify(report) : reportText(report, folder.path));
    return report.invariants.broken === 0 && report.audit.verified ? 0 : 1;
  } finally {
    await stage.close();
    await stripe.stop();
  }
}

type Playing = Opened & Readonly<{ sabotage: Sabotage | undefined; act: Act }>;

/** Undefined when the platform itself refused to go on: that is a find too, and the inspection says what it was. */
async function play(stage: Stage, { act, sabotage, ...playing }: Playing): Promise<Sealed | undefined> {
  const { clock, tell } = playing;
  try {
    return await playStory(await openYear(stage, playing), act, crimeOf(sabotage, { adminUrl: stage.adminUrl, clock }));
  } catch (error) {
    if (!sabotage) throw error;
    tell(`the platform stopped by itself: ${(error as Error).message}`);
    return undefined;
  }
}

const timed = (seconds: Record<string, number>, tell: Tell): Act => async (name, play) => {
  const began = performance.now();
  try {
    return await play();
  } finally {
    seconds[name] = (performance.now() - began) / 1_000;
    tell(`${name}: ${seconds[name].toFixed(1)} s`);
  }
};
