// Two tables of figures of one month, held against each other figure by figure.
import type { CommuneRow, MonthFigures, ProgrammeRow, ServiceRow } from './month-figures.js';

type Value = string | number | null;
type Figure = Readonly<{ code: string; programmeId: string; value: Value }>;
/** Undefined: one of the two has no such figure. */
export type Difference = Readonly<{ code: string; programmeId: string; published: Value | undefined; recomputed: Value | undefined }>;

/** The first in the order of what was published, also of one that is told twice; what was left out of it comes last. */
export function firstDifference(published: MonthFigures, recomputed: MonthFigures): Difference | undefined {
  const [told, made] = [figuresIn(published), figuresIn(recomputed)];
  const values = new Map(made.map((one) => [nameOf(one), one.value]));
  for (const one of told) {
    const value = values.get(nameOf(one));
    if (value !== one.value) return { code: one.code, programmeId: one.programmeId, published: one.value, recomputed: value };
  }
  const names = new Set(told.map(nameOf));
  const missing = made.find((one) => !names.has(nameOf(one)));
  return missing && { code: missing.code, programmeId: missing.programmeId, published: undefined, recomputed: missing.value };
}

const nameOf = ({ code, programmeId }: Figure): string => `${programmeId} ${code}`;

const figuresIn = ({ programmes, services, communes }: MonthFigures): readonly Figure[] => (
  [...programmes.flatMap(ofProgramme), ...services.flatMap(ofService), ...communes.flatMap(ofCommune)]);

function ofProgramme({ programmeId, impact, timeToPay, ...rest }: ProgrammeRow): Figure[] {
  const figures = [
    ...Object.entries(rest), ...Object.entries(timeToPay ?? {}).map(([code, value]) => [`timeToPay.${code}`, value] as const),
    ...impact.flatMap(({ measure, coefficient, estimate, unknown }) => [
      [`impact.${measure}.coefficient`, coefficient && `${coefficient.code} ${coefficient.version}`], [`impact.${measure}.unknown`, unknown],
      ...(['low', 'value', 'high'] as const).map((bound) => [`impact.${measure}.${bound}`, estimate?.[bound] ?? null] as const),
    ] as const),
  ] as const;
  return figures.map(([code, value]) => ({ code, programmeId, value }));
}

const ofService = ({ programmeId, departement, service, ...rest }: ServiceRow): Figure[] =>
  Object.entries(rest).map(([code, value]) => ({ code: `services.${departement ?? 'unknown'}.${service ?? 'unknown'}.${code}`, programmeId, value }));

const ofCommune = ({ programmeId, commune, ...rest }: CommuneRow): Figure[] =>
  Object.entries(rest).map(([code, value]) => ({ code: `communes.${commune}.${code}`, programmeId, value }));
