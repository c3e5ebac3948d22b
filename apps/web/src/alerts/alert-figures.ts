// What the rules against fraud measure by, figure by figure, in the words of whoever looks at tills.
import { z } from 'zod';
import type { FormField } from '../decisions/decision-page.js';
import { count } from '../format.js';
import type { SignedInVisit } from '../visit.js';

type Kind = 'count' | 'minutes' | 'clock' | 'percent';
export type Figure = readonly [name: string, kind: Kind, french: string, english: string];

const FIGURE_GROUPS: readonly (readonly [french: string, english: string, figures: readonly Figure[]])[] = [
  ['Ateliers', 'Workshops', [
    ['workshopPersonsMax', 'count', 'Un atelier compte pour un passage jusqu’à tant de personnes', 'A workshop counts as one attendance up to so many people'],
    ['workshopPersonsMin', 'count', 'Une séance compte comme atelier à partir de tant de personnes', 'A session counts as a workshop from so many people on'],
    ['workshopsPerDayMax', 'count', 'Ateliers d’un lieu en un jour, au plus', 'Workshops of a place in a day, at most'],
  ]],
  ['Rythme', 'Pace', [
    ['velocityMinutes', 'minutes', 'Le rythme se compte sur', 'Pace is counted over'],
    ['placeAttendancesMax', 'count', 'Passages d’un lieu dans ce temps, au plus', 'Attendances of a place in that time, at most'],
    ['deviceAttendancesMax', 'count', 'Passages d’un appareil dans ce temps, au plus', 'Attendances of a device in that time, at most'],
  ]],
  ['Utilisé aussitôt remis', 'Used at once', [
    ['drainMinutes', 'minutes', 'De la remise à l’utilisation, moins de', 'From hand-over to use, less than'],
    ['drainHandOversMin', 'count', 'Remises d’un jour utilisées ainsi dans un lieu, à partir de', 'Hand-overs of a day used so at one place, from'],
  ]],
  ['Carnets vidés', 'Emptied booklets', [
    ['bookletVouchersMin', 'count', 'Une remise est un carnet à partir de tant de chèques', 'A hand-over is a booklet from so many vouchers on'],
    ['bookletMinutes', 'minutes', 'Vidé en moins de', 'Emptied in less than'],
    ['bookletsEmptiedMin', 'count', 'Carnets vidés d’un jour dans un lieu, à partir de', 'Booklets emptied in a day at one place, from'],
  ]],
  ['Chèques voisins', 'Neighbouring vouchers', [
    ['neighbourMinutes', 'minutes', 'Utilisés en moins de', 'Used within'],
    ['neighbourPersonsMin', 'count', 'Personnes avec des chèques voisins, à partir de', 'People with neighbouring vouchers, from'],
  ]],
  ['Nuit', 'Night', [
    ['nightFromMinute', 'clock', 'La nuit commence à', 'Night begins at'],
    ['nightToMinute', 'clock', 'La nuit finit à', 'Night ends at'],
    ['nightAttendancesMax', 'count', 'Passages d’une nuit dans un lieu, au plus', 'Attendances of a night at one place, at most'],
  ]],
  ['Concentration', 'Concentration', [
    ['concentrationVouchersMin', 'count', 'Chèques d’un distributeur utilisés en un mois, à partir de', 'Vouchers of a distributor used in a month, from'],
    ['concentrationPercentMin', 'percent', 'dont dans un seul lieu, à partir de', 'of which at one place, from'],
  ]],
];
type Named = Readonly<{ group: readonly [french: string, english: string]; figure: Figure }>;
export const FIGURES: readonly Named[] = FIGURE_GROUPS.flatMap(([french, english, figures]) =>
  figures.map((figure) => ({ group: [french, english] as const, figure })));

export const ruleSet = z.object({
  version: z.int(), effectiveFrom: z.string(), figures: z.record(z.string(), z.int()), reason: z.string(), proposedBy: z.string(),
  proposedAt: z.string(),
  confirmedBy: z.string().nullable(), confirmedAt: z.string().nullable(),
});
export type RuleSet = z.output<typeof ruleSet>;

const HOUR = 60;
const HALF_HOUR = 30;
const DAY_END = 1_440;
const clockText = (minute: number): string => `${Math.floor(minute / HOUR)} h ${String(minute % HOUR).padStart(2, '0')}`;

export function figureText(kind: Kind, value: number | undefined, { language }: SignedInVisit): string {
  if (value === undefined) return '–';
  return { count: count(value, language), minutes: `${count(value, language)} min`, clock: clockText(value), percent: `${value} %` }[kind];
}

/** As it stands today, so that only what changes is typed. */
export function figureField({ group, figure }: Named, value: number | undefined, { say }: SignedInVisit): FormField {
  const [name, kind, ...words] = figure;
  const unit = kind === 'minutes' ? ' (minutes)' : kind === 'percent' ? ' (%)' : '';
  const label = `${say(...group)} – ${say(...words)}${unit}`;
  const held = value === undefined ? {} : { value: String(value) };
  if (kind !== 'clock') return { name, kind: 'whole', label, ...held };
  const halfHours = Array.from({ length: DAY_END / HALF_HOUR + 1 }, (_, at) => at * HALF_HOUR);
  const minutes = [...new Set([...halfHours, value ?? 0])].sort((one, other) => one - other);
  return { name, kind: 'choice', label, choices: minutes.map((minute) => [String(minute), clockText(minute)] as const), ...held };
}
