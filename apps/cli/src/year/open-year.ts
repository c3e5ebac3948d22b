// What a year begins with: the people of its operator, a bank, and a clock that stands at its first day.
import type { FakeStripe } from '#libs/stripe';
import type { TurnableClock } from '../demo/sabotage.js';
import type { Stage } from '../demo/stage.js';
import { oneOrigin } from '../world/api.js';
import { openBank, type Tell } from '../world/opening.js';
import { firstPeople, settingOf, Staff } from '../world/people.js';
import { Plot } from '../world/plot.js';
import type { PlayPeople } from '../world/samples.js';
import type { OutFolder } from './out-folder.js';
import { calendarOf } from './plan/calendar.decision.js';
import { SCHEME_YEAR } from './plan/year-plan.decision.js';
import { officeTime, YearTime } from './year-time.js';
import { settled, type Year, type YearWish } from './year.js';

export type Opened = Readonly<{ wish: YearWish; stripe: FakeStripe; clock: TurnableClock; folder: OutFolder; tell: Tell }>;

const CALENDAR = calendarOf(SCHEME_YEAR);
const OFFICE_HOUR = 9;
const firstMoment = (): Date => officeTime(CALENDAR.opensOn, OFFICE_HOUR);

/** Before anything runs: who signs in does it then. */
export function turnToFirstDay(clock: TurnableClock): void {
  clock.turnTo(firstMoment());
}

export async function openYear(stage: Stage, { wish, stripe, clock, folder, tell }: Opened): Promise<Year> {
  const bank = openBank(CALENDAR.opensOn);
  const plot = new Plot(wish.seed, firstMoment().getTime());
  const time = new YearTime(clock, bank, () => settled(stage));
  return { wish, stage, time, bank, stripe, calendar: CALENDAR, folder, tell, ...await operatorOn(stage, plot) };
}

/** The people of the operator of an installation that has nobody of it yet. */
export async function operatorOn(stage: Stage, plot: Plot, names?: PlayPeople): Promise<Pick<Year, 'setting' | 'staff' | 'people' | 'deputy'>> {
  await stage.platform.createFirstPeople(firstPeople(plot, names));
  const setting = settingOf(plot, oneOrigin(stage.platform.url), stage.dataDir);
  const staff = new Staff(setting, names);
  const people = await staff.operatorPeople();
  return { setting, staff, people, deputy: await staff.deputy(people) };
}
