// The months of open data that an export carries, held against the leaves above them: signed, one after the other, each figure made again
// from the events and the coefficients by the same pure function that audit signed it by.
import { createHash, verify } from 'node:crypto';
import { z } from 'zod';
import { COEFFICIENT_CODES, FigureEvents, FIGURES_ZONE, figuresOf, firstDifference, type Coefficient, type MonthFigures } from '#libs/figures';
import { monthAfter, type Month } from '#libs/kernel';
import type { Keys } from '#libs/proofs';
import type { LoggedEvent } from './logged-event.js';

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
  release: z.object({ month: z.string(), sha256: z.string(), keyId: z.string(), signature: z.string(), content: z.string() }),
});
const contentSchema = z.object({
  format: z.literal('mereau.open-data.v2'), month: z.string(), timeZone: z.string(),
  counted: z.object({ leaves: z.int(), lastSeqs: z.record(z.string(), z.int()) }), coefficients: z.array(coefficientSchema),
  programmes: z.array(z.object({ programmeId: z.string(), impact: z.array(z.object({ measure: z.string() }).loose()) }).loose()),
  services: z.array(z.object({ programmeId: z.string() }).loose()),
  communes: z.array(z.object({ programmeId: z.string(), commune: z.string() }).loose()),
});
type Content = z.output<typeof contentSchema>;
type Release = z.output<typeof releaseSchema>['release'];

export class ReleasedFigures {
  private readonly events = new FigureEvents(FIGURES_ZONE);
  private readonly registry = new Map<string, Coefficient>();
  private last: Month | undefined;
  private unjudged = 0;
  judgedMonths = 0;
  firstDifferent: Differing | null = null;

  add(event: LoggedEvent): void {
    this.events.take(event);
  }

  addCoefficient(coefficient: Coefficient): void {
    this.registry.set(nameOf(coefficient), coefficient);
  }

  /** A sentence, or undefined where the month is what its events and coefficients come to. */
  judge(line: unknown, above: Above): string | undefined {
    const release = releaseSchema.safeParse(line).data?.release;
    if (!release) return 'the month of open data cannot be read';
    const { month } = release;
    const expected = this.last && monthAfter(this.last);
    this.last = month as Month;
    if (expected !== undefined && month !== expected) return `the open data of ${month} stand where those of ${expected} belong`;
    const fault = signatureFault(release, above.keys);
    if (fault) return `the open data of ${month} ${fault}`;
    return this.compare(month as Month, parsed(release.content), above);
  }

  told(): string {
    return this.judgedMonths + this.unjudged === 0 ? 'no month of open data is here'
      : `${this.judgedMonths} months of open data are what their events and coefficients come to; ${this.unjudged} of the first format name no events; `
        + `the last month is ${this.last}`;
  }

  private compare(month: Month, value: unknown, above: Above): string | undefined {
    // Months of the first format do not say what they count: none comes after one that does, whoever would like to be judged by less.
    if ((value as { format?: unknown } | undefined)?.format === 'mereau.open-data.v1') {
      if (this.judgedMonths > 0) return `the open data of ${month} are of a format that says less than the months before it`;
      this.unjudged += 1;
      return undefined;
    }
    const content = contentSchema.safeParse(value).data;
    if (content?.month !== month || content.timeZone !== FIGURES_ZONE) return `the open data of ${month} are not what this version knows`;
    this.judgedMonths += 1;
    const fault = placeFault(content, above) ?? this.coefficientFault(content);
    if (fault) return fault;
    const found = firstDifference(content as unknown as MonthFigures, figuresOf(this.events, month, content.coefficients));
    this.events.forgetUpTo(month);
    if (!found) return undefined;
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
    return undefined;
  }
}

const nameOf = ({ code, version }: Pick<Coefficient, 'code' | 'version'>): string => `${code} version ${version}`;
const shown = (value: string | number | null | undefined): string => (value === undefined ? 'nothing' : value === null ? 'unknown' : String(value));

function signatureFault({ content, sha256, keyId, signature }: Release, keys: Keys): string | undefined {
  if (createHash('sha256').update(content).digest('hex') !== sha256) return 'are not the text that was hashed';
  const key = keys.get(keyId);
  if (!key) return `are signed by the key ${keyId}, which is not one to be believed here`;
  return verify(null, Buffer.from(content), key, Buffer.from(signature, 'base64')) ? undefined : 'are not what was signed';
}

function placeFault({ month, counted }: Content, { leaves, lastSeqs }: Above): string | undefined {
  if (counted.leaves !== leaves) return `the open data of ${month} count ${counted.leaves} leaves, and ${leaves} stand above them`;
  const wrong = Object.entries(counted.lastSeqs).find(([sender, seq]) => seq > 0 && lastSeqs.get(sender) !== seq);
  return wrong && `the open data of ${month} count ${wrong[0]} up to ${wrong[1]}, and its last number above them is ${lastSeqs.get(wrong[0]) ?? 0}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
