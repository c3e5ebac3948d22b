// The months of open data that an export carries, held against the leaves above them: signed, one after the other, each figure made again
// from the events and the coefficients by the same pure function that audit signed it by.
import { createHash, verify } from 'node:crypto';
import { z } from 'zod';
import {
  COEFFICIENT_CODES, FigureEvents, FIGURES_ZONE, figuresOf, firstDifference, MEASURE_WAITED_FOR_DAYS, OPEN_DATA_FORMAT, openDataText,
  SETTLES_AFTER_DAYS, type Coefficient, type MonthFigures,
} from '#libs/figures';
import { addDays, dayIn, dueMonth, firstDayOf, monthAfter, type Month } from '#libs/kernel';
import type { Keys } from '#libs/proofs';
import type { LoggedEvent } from './logged-event.js';
import { jsonIn } from './read-lines.js';

export type Differing = Readonly<{
  code: string; programmeId: string; month: string; published: string | number | null; recomputed: string | number | null;
}>;
/** Where the reader stands: below so many leaves. */
export type Above = Readonly<{ leaves: number; lastSeqs: ReadonlyMap<string, number>; keys: Keys }>;

const coefficientSchema = z.object({
  code: z.enum(COEFFICIENT_CODES), version: z.int(), low: z.number(), value: z.number(), high: z.number(),
  source: z.string(), sourceYear: z.int(), scope: z.string(),
});
export const readCoefficient = (line: unknown): Coefficient | undefined =>
  z.object({ coefficient: coefficientSchema }).safeParse(line).data?.coefficient;

const releaseSchema = z.object({
  release: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/), sha256: z.string(), keyId: z.string(), signature: z.string(), content: z.string() }),
});
const contentSchema = z.object({
  format: z.literal(OPEN_DATA_FORMAT), origin: z.string(), month: z.string(), madeAt: z.iso.datetime(), timeZone: z.string(),
  counted: z.object({ leaves: z.int(), lastSeqs: z.record(z.string(), z.int()) }), coefficients: z.array(coefficientSchema),
  programmes: z.array(z.object({ programmeId: z.string(), impact: z.array(z.object({ measure: z.string() }).loose()) }).loose()),
  services: z.array(z.object({ programmeId: z.string() }).loose()),
  communes: z.array(z.object({ programmeId: z.string(), commune: z.string() }).loose()),
});
type Content = z.output<typeof contentSchema>;
/** A checkpoint says when its transaction began, and signs what was sealed while it waited. */
const SIGNED_WITHIN_MS = 60_000;
type Release = z.output<typeof releaseSchema>['release'];

export class ReleasedFigures {
  private readonly events = new FigureEvents(FIGURES_ZONE);
  private readonly registry = new Map<string, Coefficient>();
  /** By code the version that the last month was estimated by. */
  private readonly used = new Map<string, number>();
  /** By month the SHA-256 of the text that is here. */
  readonly texts = new Map<string, string>();
  private last: Month | undefined;
  private made = { at: 0, leaves: 0 };
  /** Of the first format. */
  unjudgedMonths = 0;
  judgedMonths = 0;
  firstDifferent: Differing | null = null;

  add(event: LoggedEvent): void {
    this.events.take(event);
  }

  /** A sentence where the version was listed before: nobody could say which of the two is meant. */
  addCoefficient(coefficient: Coefficient): string | undefined {
    const name = nameOf(coefficient);
    if (this.registry.has(name)) return `the coefficient ${name} is listed a second time`;
    this.registry.set(name, coefficient);
    return undefined;
  }

  /** A checkpoint below the last month: who had sealed more than the month counts when it was made left something out of it. */
  checkpointFault({ size, time }: Readonly<{ size: number; time: string }>): string | undefined {
    const { at, leaves } = this.made;
    return size > leaves && !(Date.parse(time) + SIGNED_WITHIN_MS >= at)
      ? `${size} leaves were signed before the open data of ${this.last} were made, which count ${leaves} of them` : undefined;
  }

  /** A sentence, or undefined where the month is what its events and coefficients come to. */
  judge(line: unknown, above: Above): string | undefined {
    const release = releaseSchema.safeParse(line).data?.release;
    if (!release) return 'the month of open data cannot be read';
    const { month } = release;
    const expected = this.expected(release);
    this.last = month as Month;
    const sha256 = createHash('sha256').update(release.content).digest('hex');
    this.texts.set(month, sha256);
    if (month !== expected) return `the open data of ${month} stand where those of ${expected} belong`;
    const fault = release.sha256 === sha256 ? signatureFault(release, above.keys) : 'are not the text that was hashed';
    if (fault) return `the open data of ${month} ${fault}`;
    return this.compare(month as Month, release.content, above);
  }

  /** The first month that is over for long by then, and not here: nobody can be judged by what is not published. */
  missingBy(signedAt: string): Month | null {
    const { firstMonth } = this.events;
    if (Number.isNaN(Date.parse(signedAt))) return null;
    const asked = { today: dayIn(FIGURES_ZONE, new Date(signedAt)), last: this.last, firstDay: firstMonth && firstDayOf(firstMonth) };
    return dueMonth(asked, MEASURE_WAITED_FOR_DAYS + 1) ?? null;
  }

  told(signedAt: string): string {
    const missing = this.missingBy(signedAt);
    return [
      this.last === undefined ? 'no month of open data is here'
        : `${this.judgedMonths} months of open data are what their events and coefficients come to; ${this.unjudgedMonths} of the first format name no `
          + `events and are not judged; the last month is ${this.last}`,
      ...(missing ? [`${missing} is over and not here`] : []),
    ].join('; ');
  }

  /** One after the other, from the month in which something flowed first; where those of the first format begin nobody can say. */
  private expected({ month, content }: Release): string {
    if (this.last !== undefined) return monthAfter(this.last);
    return isOfFirstFormat(jsonIn(content)) ? month : this.events.firstMonth ?? 'no month';
  }

  private compare(month: Month, text: string, above: Above): string | undefined {
    const value = jsonIn(text);
    // Months of the first format do not say what they count: none comes after one that does, whoever would like to be judged by less.
    if (isOfFirstFormat(value)) {
      if (this.judgedMonths > 0) return `the open data of ${month} are of a format that says less than the months before it`;
      this.unjudgedMonths += 1;
      this.events.forgetUpTo(month);
      return undefined;
    }
    const content = contentSchema.safeParse(value).data;
    if (content?.month !== month || content.timeZone !== FIGURES_ZONE) return `the open data of ${month} are not what this version knows`;
    this.judgedMonths += 1;
    const before = this.made.at;
    this.made = { at: Date.parse(content.madeAt), leaves: content.counted.leaves };
    const fault = placeFault(content, above) ?? timeFault(content, before) ?? this.coefficientFault(content);
    if (fault) return fault;
    const figures = figuresOf(this.events, month, content.coefficients);
    this.events.forgetUpTo(month);
    const found = firstDifference(content as unknown as MonthFigures, figures);
    const { origin, madeAt, counted, coefficients } = content;
    if (!found) {
      return openDataText({ origin, month, madeAt: new Date(madeAt), counted, coefficients }, figures) === text ? undefined
        : `the open data of ${month} say something that is none of their figures, or say it twice or in another order`;
    }
    const { code, programmeId, published = null, recomputed = null } = found;
    this.firstDifferent ??= { code, programmeId, month, published, recomputed };
    return `${code} of programme ${programmeId} in ${month} is published as ${shown(found.published)} and comes to ${shown(found.recomputed)}`;
  }

  private coefficientFault({ month, coefficients }: Content): string | undefined {
    for (const used of coefficients) {
      const listed = this.registry.get(nameOf(used));
      if (!listed) return `the coefficient ${nameOf(used)} of ${month} is not in the registry`;
      const field = (Object.keys(used) as (keyof Coefficient)[]).find((name) => used[name] !== listed[name]);
      if (field) return `the coefficient ${nameOf(used)} of ${month} has the ${field} ${used[field]}, and ${listed[field]} in the registry`;
    }
    return this.versionFault(month, coefficients);
  }

  /** What is in force is the newest version of each code: none goes back, and none goes away. */
  private versionFault(month: string, coefficients: readonly Coefficient[]): string | undefined {
    const now = new Map(coefficients.map(({ code, version }) => [code as string, version]));
    if (now.size < coefficients.length) return `the open data of ${month} have two versions of a coefficient`;
    const back = [...this.used].find(([code, version]) => (now.get(code) ?? 0) < version);
    for (const [code, version] of now) this.used.set(code, version);
    return back && `the month before ${month} was estimated by version ${back[1]} of ${back[0]}, and ${month} by ${now.get(back[0]) ?? 'none'}`;
  }
}

const nameOf = ({ code, version }: Pick<Coefficient, 'code' | 'version'>): string => `${code} version ${version}`;
const shown = (value: string | number | null | undefined): string => (value === undefined ? 'nothing' : value === null ? 'unknown' : String(value));

function signatureFault({ content, keyId, signature }: Release, keys: Keys): string | undefined {
  const key = keys.get(keyId);
  if (!key) return `are signed by the key ${keyId}, which is not one to be believed here`;
  return verify(null, Buffer.from(content), key, Buffer.from(signature, 'base64')) ? undefined : 'are not what was signed';
}

function placeFault({ month, counted }: Content, { leaves, lastSeqs }: Above): string | undefined {
  if (counted.leaves !== leaves) return `the open data of ${month} count ${counted.leaves} leaves, and ${leaves} stand above them`;
  const told = new Map(Object.entries(counted.lastSeqs));
  const senders = [...new Set([...told.keys(), ...lastSeqs.keys()])];
  const last = (of: ReadonlyMap<string, number>, sender: string): number => of.get(sender) ?? 0;
  const wrong = senders.find((sender) => last(told, sender) !== last(lastSeqs, sender));
  return wrong && `the open data of ${month} count ${wrong} up to ${last(told, wrong)}, and its last number above them is ${last(lastSeqs, wrong)}`;
}

/** Whoever tells a month before it is over tells a part of it. */
function timeFault({ month, madeAt }: Content, madeBefore: number): string | undefined {
  const settled = addDays(firstDayOf(monthAfter(month as Month)), SETTLES_AFTER_DAYS);
  if (dayIn(FIGURES_ZONE, new Date(madeAt)) < settled) return `the open data of ${month} were made on ${madeAt}, before ${settled}`;
  return Date.parse(madeAt) < madeBefore ? `the open data of ${month} were made before those of the month before` : undefined;
}

const isOfFirstFormat = (value: unknown): boolean => (value as { format?: unknown } | undefined)?.format === 'mereau.open-data.v1';
