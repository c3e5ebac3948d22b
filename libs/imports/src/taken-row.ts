export const OUTCOMES = ['imported', 'merged', 'unchanged', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of one row of a file. */
export type TakenRow = Readonly<{
  row: number;
  line: number;
  /** How the file names what the row speaks of, as far as it does. */
  source: string | null;
  externalId: string | null;
  outcome: Outcome;
  /** Why, from the catalogue of the slice. */
  code: string;
  /** What was mended, dropped or kept back on the way. */
  notes: readonly string[];
  /** Which fields the row changed or, where it lost against what is known, would have. */
  fields: readonly string[];
  /** The place or payer that the row speaks of; null when it was refused. */
  subjectId: string | null;
}>;

/** Of a code or a note: one sentence for whoever has to correct the file. */
export type RowSentences = Readonly<Record<string, string>>;
