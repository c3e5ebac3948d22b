// What every act of a year has at hand. What acts find out they hand on to each other, in story.ts.
import type { FakeStripe } from '#libs/stripe';
import type { FakeBank } from '#libs/testing';
import type { Stage } from '../demo/stage.js';
import type { Person } from '../world/api.js';
import type { Tell } from '../world/opening.js';
import type { OperatorPeople, Staff, StaffSetting } from '../world/people.js';
import { waitFor } from '../world/wait.js';
import type { OutFolder } from './out-folder.js';
import type { Calendar } from './plan/calendar.decision.js';
import { seededDraw } from './plan/seeded-draw.js';
import type { YearTime } from './year-time.js';

/** More requests at once only wait longer: the platform and its database share this machine. */
export const IN_FLIGHT = 16;
/** What is not taken within this is not under way, it is stuck. */
const SETTLED_MS = 60_000;

export type YearWish = Readonly<{ vouchers: number; placesFile: string; payersFile: string | undefined; seed: string }>;

export type Year = Readonly<{
  wish: YearWish;
  stage: Stage;
  setting: StaffSetting;
  staff: Staff;
  people: OperatorPeople;
  /** Approves what is unusual, with the approver. */
  deputy: Person;
  time: YearTime;
  bank: FakeBank;
  /** The fake of Stripe that payers pay at. */
  stripe: FakeStripe;
  calendar: Calendar;
  folder: OutFolder;
  tell: Tell;
}>;

export const operatorOf = ({ people }: Year): Person => people.operator;

export const drawOf = ({ wish }: Year, name: string) => seededDraw(wish.seed, name);

/** Resolves when every message that was sent has been taken. */
export const settled = ({ platform }: Stage): Promise<void> =>
  waitFor('every message is taken', () => platform.idle(), SETTLED_MS).then(() => undefined);
