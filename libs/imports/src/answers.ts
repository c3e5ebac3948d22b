// How imports and their rows are told over HTTP, the same for every kind of import.
import { z } from 'zod';
import { idOut, idText, pageQuery, readCursor } from '#libs/http';
import type { UserId } from '#libs/kernel';
import type { FileImport } from './file-import.store.js';
import { OUTCOMES, type RowSentences, type TakenRow } from './taken-row.js';

export const fileImportAnswer = z.strictObject({
  importId: idText('fileImport'), sha256: z.string().describe('of the file'),
  read: z.int().describe('rows of the file: imported + merged + unchanged + refused, once it is finished'),
  imported: z.int(), merged: z.int(), unchanged: z.int(), refused: z.int(),
  startedBy: idText('user').describe('who sent the file, and said how to read it'), startedAt: z.string(), finishedAt: z.string().nullable().describe('null: send the same file again to go on'),
});

type Shown = z.output<typeof fileImportAnswer>;

export const showFileImport = ({ importId, mapping: _, startedBy, startedAt, finishedAt, ...counts }: FileImport): Shown => ({
  importId: idOut('fileImport', importId), ...counts, startedBy: idOut('user', startedBy as UserId), startedAt: startedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
});

export const rowsQuery = pageQuery.extend({ outcome: z.enum(OUTCOMES).optional() });
export const rowsAfter = (cursor: string | undefined): number =>
  (cursor === undefined ? 0 : readCursor(z.tuple([z.int().min(1).max(2_147_483_647)]), cursor)[0]);

/** What every row says; each kind of import adds what its rows became. */
export const rowAnswer = (sentences: RowSentences) => z.strictObject({
  row: z.int().describe('from 1, header and blank rows not counted'), line: z.int().describe('where the row ends in the file'),
  source: z.string().nullable(), externalId: z.string().nullable(), outcome: z.enum(OUTCOMES),
  code: z.string().describe(Object.entries(sentences).map(([code, sentence]) => `${code}: ${sentence}`).join('\n')),
  reason: z.string().describe('the sentence of the code'),
  notes: z.array(z.string()).describe('codes of what was mended, dropped or kept back'), fields: z.array(z.string()),
});

export function showRow({ subjectId: _, notes, fields, ...row }: TakenRow, sentences: RowSentences) {
  return { ...row, reason: sentences[row.code] ?? row.code, notes: [...notes], fields: [...fields] };
}
