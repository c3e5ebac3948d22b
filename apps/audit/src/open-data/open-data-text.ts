// The text of a month's open data: what is hashed and signed, byte for byte.
import { canonicalJson, type Month } from '#libs/kernel';
import { OPERATOR_ZONE } from '../limits.js';
import type { ProgrammeFlows, ServiceFigures, TimeToPay } from './month-figures.store.js';
import { withoutSmallGroups } from './small-groups.decision.js';

export const OPEN_DATA_FORMAT = 'mereau.open-data.v1';
/** Design: public figures are of groups of eleven people and more. */
export const PEOPLE_MIN = 11;

export type MonthFigures = Readonly<{
  flows: readonly ProgrammeFlows[]; rendered: readonly (ServiceFigures & { isTotal: boolean })[]; timeToPay: readonly TimeToPay[];
}>;
export type ServiceRow = Readonly<{
  programmeId: string; departement: string | null; service: string | null; redemptions: number; amountCents: number; places: number;
  /** Null where no till said how long a service took. */
  minutes: number | null;
}>;
/** Null: of fewer than eleven people, or unknown; never zero for unknown. */
export type ProgrammeRow = Readonly<{
  programmeId: string; name: string; activatedCents: number; expiredCents: number; handedOver: number | null;
  redemptions: number | null; redeemedCents: number | null; places: number | null;
  timeToPay: Readonly<{ lines: number; medianDays: number; ninthDecileDays: number; longestDays: number }> | null;
  /** Groups that are left out of `services`. */
  hiddenGroups: number;
}>;
export type OpenData = Readonly<{
  format: string; origin: string; month: Month; timeZone: string; currency: string; madeAt: string; peopleMin: number;
  programmes: readonly ProgrammeRow[]; services: readonly ServiceRow[];
}>;

export function openDataOf(figures: MonthFigures): Pick<OpenData, 'programmes' | 'services'> {
  const groups = new Map(figures.flows.map(({ programmeId }) => [
    programmeId, withoutSmallGroups(figures.rendered.filter((row) => row.programmeId === programmeId && !row.isTotal), PEOPLE_MIN),
  ]));
  return {
    programmes: figures.flows.map((flow) => programmeRow(flow, figures, groups.get(flow.programmeId)!.hiddenCount)),
    services: [...groups.values()].flatMap(({ shown }) => shown.map(serviceRow)),
  };
}

function programmeRow(flow: ProgrammeFlows, { rendered, timeToPay }: MonthFigures, hiddenGroups: number): ProgrammeRow {
  const { programmeId, name, activatedCents, expiredCents, handedOver, handedOverPeople } = flow;
  const total = rendered.find((row) => row.programmeId === programmeId && row.isTotal) ?? NOTHING;
  const isTellable = total.redemptions === 0 || total.people >= PEOPLE_MIN;
  const waited = timeToPay.find((one) => one.programmeId === programmeId && one.lines >= PEOPLE_MIN);
  return {
    programmeId, name, activatedCents, expiredCents, handedOver: handedOver > 0 && handedOverPeople < PEOPLE_MIN ? null : handedOver,
    redemptions: isTellable ? total.redemptions : null, redeemedCents: isTellable ? total.amountCents : null,
    places: isTellable ? total.places : null,
    timeToPay: waited ? waitedRow(waited) : null, hiddenGroups,
  };
}

const NOTHING = { redemptions: 0, amountCents: 0, places: 0, people: 0 } as const;

const waitedRow = ({ lines, medianDays, ninthDecileDays, longestDays }: TimeToPay): NonNullable<ProgrammeRow['timeToPay']> =>
  ({ lines, medianDays, ninthDecileDays, longestDays });

const serviceRow = ({ programmeId, departement, service, redemptions, amountCents, places, minutes }: ServiceFigures): ServiceRow =>
  ({ programmeId, departement, service, redemptions, amountCents, places, minutes });

export type ReleaseHead = Readonly<{ origin: string; month: Month; madeAt: Date }>;

export const openDataText = ({ origin, month, madeAt }: ReleaseHead, figures: MonthFigures): string => canonicalJson({
  format: OPEN_DATA_FORMAT, origin, month, timeZone: OPERATOR_ZONE, currency: 'EUR', madeAt: madeAt.toISOString(), peopleMin: PEOPLE_MIN,
  ...openDataOf(figures),
});
