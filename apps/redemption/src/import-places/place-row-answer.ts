// How a row of a file of places is told, whether it was taken or only tried.
import { z } from 'zod';
import { idOut, idText } from '#libs/http';
import { rowAnswer, showRow, type TakenRow } from '#libs/imports';
import { idOf } from '#libs/kernel';
import { ROW_CODES, ROW_NOTES } from './place-row-codes.js';

export const placeRowAnswer = rowAnswer(ROW_CODES).extend({
  notes: z.array(z.string()).describe(Object.entries(ROW_NOTES).map(([note, sentence]) => `${note}: ${sentence}`).join('\n')),
  fields: z.array(z.string()).describe('what the row changed, and with a minus what it would have'),
  placeId: idText('place').nullable(),
});

export const showPlaceRow = (row: TakenRow): z.output<typeof placeRowAnswer> =>
  ({ ...showRow(row, ROW_CODES), placeId: row.subjectId && idOut('place', idOf('place', row.subjectId)) });
