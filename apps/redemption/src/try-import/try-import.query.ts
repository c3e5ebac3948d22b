import { Query } from '@nestjs/cqrs';
import type { Outcome, TakenRow } from '#libs/imports';
import type { Rejected } from '#libs/kernel';
import type { PlaceFile } from '../import-places/import-places.command.js';

export type TrialAsked = Readonly<{ after: number; rowsMax: number; outcome: Outcome | null }>;

export type Trial = Readonly<{
  read: number;
  outcomes: ReadonlyMap<Outcome, number>;
  codes: ReadonlyMap<string, number>;
  notes: ReadonlyMap<string, number>;
  /** Those that were asked for, in the order of the file. */
  rows: readonly TakenRow[];
}>;

/** What an import of the file would come to at this moment; keeps nothing. */
export class TryImport extends Query<Trial | Rejected> {
  constructor(readonly file: PlaceFile, readonly asked: TrialAsked) {
    super();
  }
}
