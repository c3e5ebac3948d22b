import { Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { PlaceFile } from '../import-places/import-places.command.js';
import type { Layout } from '../lamednum/columns.js';
import type { Proposal } from './propose-mapping.js';

export type PreviewedColumn = Readonly<{
  /** The clean name, and how the file writes it. */
  name: string; header: string;
  /** Its cells in the first rows of the file; empty where they are. */
  samples: readonly string[];
  /** Another column of this name says something else, and is not read. */
  lossy: boolean;
}>;
export type Preview = Readonly<{
  rows: number;
  columns: readonly PreviewedColumn[];
  /** How many columns hold something under no name. */
  unnamed: number;
  layout: Layout | undefined;
  proposal: Proposal;
}>;

/** What is in a file, and how its columns might be read; keeps nothing of it. */
export class PreviewPlaces extends Query<Preview | Rejected> {
  constructor(readonly file: Pick<PlaceFile, 'bytes' | 'mediaType'>) {
    super();
  }
}
