// The figures of one month. A booklet is a person; loose vouchers of one batch may all be one person's, whatever their number. What was
// undone is no service. Groups of fewer than eleven people are told by nobody.
import type { Month } from '#libs/kernel';
import type { Coefficient, CoefficientCode, Measure } from './coefficients.js';
import type { FigureEvents } from './figure-events.js';
import { flowsIn, NO_FLOWS, type Flows } from './flows.js';
import { impactOf, type Estimate, type Unknown } from './impact.js';
import { renderedIn, type OfCommune, type OfProgramme, type OfService, type Rendered } from './rendered.js';
import { withoutSmallGroups } from './small-groups.js';

/** Design: public figures are of groups of eleven people and more. */
export const PEOPLE_MIN = 11;
/** Where the days of the months begin and end. */
export const FIGURES_ZONE = 'Europe/Paris';

export type ServiceRow = Readonly<{
  programmeId: string; departement: string | null; service: string | null; redemptions: number; amountCents: number; places: number;
  /** Null where no till said how long a service took. */
  minutes: number | null;
}>;
/** Only of départements of which every service is told: beside the others, communes would tell in the difference what is left out there. */
export type CommuneRow = Readonly<{ programmeId: string; commune: string; redemptions: number; amountCents: number; places: number }>;
/** By which version of which coefficient. No estimate without one, nor where it is unknown. */
export type ImpactRow = Readonly<{
  measure: Measure; coefficient: Readonly<{ code: CoefficientCode; version: number }> | null;
  estimate: Estimate | null; unknown: Unknown | null;
}>;
/** Null: of fewer than eleven people, or unknown; never zero for unknown. */
export type ProgrammeRow = Readonly<{
  programmeId: string; name: string; activatedCents: number; expiredCents: number; handedOver: number | null;
  redemptions: number | null; redeemedCents: number | null; places: number | null;
  timeToPay: Readonly<{ lines: number; medianDays: number; ninthDecileDays: number; longestDays: number }> | null;
  /** Groups that are left out of `services`, and communes that are left out of `communes`. */
  hiddenGroups: number; hiddenCommunes: number;
  impact: readonly ImpactRow[];
}>;
export type MonthFigures = Readonly<{
  programmes: readonly ProgrammeRow[]; services: readonly ServiceRow[]; communes: readonly CommuneRow[];
}>;

/** Of every programme that was published before the month was over. `inForce`: of each coefficient the version that counts. */
export function figuresOf(events: FigureEvents, month: Month, inForce: readonly Coefficient[]): MonthFigures {
  const [rendered, flows] = [renderedIn(events, month), flowsIn(events, month)];
  const [services, communes]: [ServiceRow[], CommuneRow[]] = [[], []];
  const programmes = namesIn(events, month).map(([programmeId, name]): ProgrammeRow => {
    const own = rendered.get(programmeId) ?? NOTHING;
    const { shown, hiddenCount } = withoutSmallGroups(own.services, PEOPLE_MIN);
    services.push(...shown.map((group) => serviceRow(programmeId, group)));
    const hidden = new Set(own.services.filter((group) => !shown.includes(group)).map(({ departement }) => departement));
    const told = tellableCommunes(own.communes, hidden);
    communes.push(...told.shown.map((group) => communeRow(programmeId, group)));
    return {
      programmeId, name, hiddenGroups: hiddenCount, hiddenCommunes: told.hiddenCount, timeToPay: waitsOf(events, programmeId, month),
      ...flowsTold(flows.get(programmeId) ?? NO_FLOWS), ...totalOf(own.total, month, inForce),
    };
  });
  return { programmes, services, communes };
}

/** `hidden`: départements of which some service is left out. The total of the others is known, so that their communes are told by it. */
function tellableCommunes(groups: readonly OfCommune[], hidden: ReadonlySet<string | null>) {
  const departements = [...new Set(groups.map(({ departement }) => departement))].filter((one) => one !== null && !hidden.has(one));
  const shown = departements.flatMap((departement) =>
    [...withoutSmallGroups(groups.filter((group) => group.departement === departement), PEOPLE_MIN).shown]);
  return { shown, hiddenCount: groups.filter(({ commune }) => commune !== null).length - shown.length };
}

/** As each was last named by the end of the month. */
function namesIn({ published }: FigureEvents, month: Month): (readonly [string, string])[] {
  const names = new Map(published.filter((one) => one.month <= month).map(({ programmeId, name }) => [programmeId, name]));
  return [...names].sort(([one], [other]) => (one < other ? -1 : 1));
}

type FlowsTold = Pick<ProgrammeRow, 'activatedCents' | 'expiredCents' | 'handedOver'>;
const flowsTold = ({ activatedCents, expiredCents, handedOver, people }: Flows): FlowsTold =>
  ({ activatedCents, expiredCents, handedOver: handedOver > 0 && people < PEOPLE_MIN ? null : handedOver });

const NOTHING: OfProgramme = {
  total: { redemptions: 0, cents: 0, minutes: null, people: 0, centsOfPlaces: [] }, services: [], communes: [],
};

function totalOf(total: Rendered, month: Month, inForce: readonly Coefficient[]): Pick<ProgrammeRow, 'redemptions' | 'redeemedCents' | 'places' | 'impact'> {
  const isTellable = total.redemptions === 0 || total.people >= PEOPLE_MIN;
  const facts = { ...total, redeemedCents: total.cents, days: daysOf(month) };
  const results = impactOf(facts, inForce, { rejected: new Set(), peopleMin: PEOPLE_MIN });
  return {
    redemptions: isTellable ? total.redemptions : null, redeemedCents: isTellable ? total.cents : null,
    places: isTellable ? total.centsOfPlaces.length : null,
    impact: results.map(({ measure, coefficient, estimate, unknown }) => (
      { measure, coefficient: coefficient && { code: coefficient.code, version: coefficient.version }, estimate, unknown })),
  };
}

function waitsOf(events: FigureEvents, programmeId: string, month: Month): ProgrammeRow['timeToPay'] {
  const found = events.waitsIn(month).find((one) => one.programmeId === programmeId && one.lines >= PEOPLE_MIN);
  if (!found) return null;
  const { lines, medianDays, ninthDecileDays, longestDays } = found;
  return { lines, medianDays, ninthDecileDays, longestDays };
}

const serviceRow = (programmeId: string, group: OfService): ServiceRow => {
  const { departement, service, redemptions, cents, centsOfPlaces, minutes } = group;
  return { programmeId, departement, service, redemptions, amountCents: cents, places: centsOfPlaces.length, minutes };
};

const communeRow = (programmeId: string, { commune, redemptions, cents, centsOfPlaces }: OfCommune): CommuneRow =>
  ({ programmeId, commune: commune!, redemptions, amountCents: cents, places: centsOfPlaces.length });

const daysOf = (month: Month): number => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
