// A page of one thing and what a person may decide about it, as one declaration: it makes the page, the addresses that its
// forms are posted to, the field for a fresh code, and what is said when a service refuses.
import type { z } from 'zod';
import type { Html, Piece } from '../html.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';

/** Reads of a service, with the token of who looks. */
export type Ask = <Schema extends z.ZodType>(path: string, schema: Schema) => Promise<Read<z.output<Schema>>>;

/** Asks a service what would come of something; nothing is kept there. */
export type TryOut = <Schema extends z.ZodType>(path: string, body: object, schema: Schema) => Promise<Read<z.output<Schema>>>;

export type FieldValue = string | number | readonly string[] | undefined;
export type Values = Readonly<Record<string, FieldValue>>;

export type FormField = Readonly<{ name: string; label: string; hint?: string; optional?: true;
  /** As it stands at first. */ value?: string;
  /** Folded away until somebody looks for it; always optional. */ seldom?: true }> & (
  | Readonly<{ kind: 'text' | 'long'; max?: number }>
  /** Euros as people type them; whole cents once read. */
  | Readonly<{ kind: 'amount' }>
  /** As `2,5 %`; basis points once read. */
  | Readonly<{ kind: 'percent' }>
  | Readonly<{ kind: 'whole' | 'day' }>
  /** Any of them, none too; they stand in `value` with spaces between. */
  | Readonly<{ kind: 'several'; choices: readonly (readonly [value: string, label: string])[] }>
  | Readonly<{ kind: 'choice'; choices: readonly (readonly [value: string, label: string])[] }>);

export type DecisionForm = Readonly<{
  /** The end of the address that it is posted to. */
  step: string;
  title: string;
  /** What will happen, before the click. */
  says: Piece;
  fields: readonly FormField[];
  /** Names what happens. One form of a page at most is `filled`. */
  button: string;
  filled?: true;
  /** Its title alone is shown until somebody opens it: what is seldom the next thing to do. */
  folded?: true;
  /** Of the roles, one must be had; others read who decides. */
  roles: readonly string[];
  /** Cents that are typed again, where much money leaves. */
  confirms?: number;
  /** What the fields that are folded away are about. */
  foldedWord?: string;
  /** The answer is a file that the browser keeps: the page stays as it was. */
  file?: true;
  /** Shown before it is sent: the first click tries it, and only what was tried is sent by the second. */
  trial?: Trial;
  send: (values: Values) => Readonly<{ path: string; body: object }>;
  /** Where one is led to after it; the page itself unless said otherwise. */
  then?: (answer: unknown) => string;
}>;

export type Trial = Readonly<{ button: string; run: (values: Values, tryOut: TryOut, visit: SignedInVisit) => Promise<Read<Piece>> }>;

export type DecisionPage<Thing> = Readonly<{
  /** `incidents/:id`, or without `:id` where the page is of no one thing. */
  route: string;
  /** Of the id in the address: `inc`. */
  prefix?: string;
  /** What only some may read is asked for them alone. */
  load: (ask: Ask, id: string, visit: SignedInVisit) => Promise<Read<Thing>>;
  title: (thing: Thing, visit: SignedInVisit) => string;
  back: (visit: SignedInVisit) => Readonly<{ href: string; word: string }>;
  show: (thing: Thing, visit: SignedInVisit) => Html;
  forms: (thing: Thing, visit: SignedInVisit) => readonly DecisionForm[];
}>;
