// A table that somebody else wrote, sent as it is: twice, because the second time nothing may change.
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { operatorOf, type Year } from '../year.js';

type Imported = Readonly<{
  importId: string; read: number; imported: number; merged: number; unchanged: number; refused: number; finishedAt: string | null;
}>;
type Row = Readonly<{
  row: number; line: number; outcome: string; code: string; reason: string; notes: readonly string[]; fields: readonly string[];
}>;
export type Import = Readonly<{ file: string; answer: Imported }>;

export async function importTwice(year: Year, path: string, file: string): Promise<Import> {
  const bytes = new Uint8Array(readFileSync(file));
  const mediaType = extname(file).toLowerCase() === '.json' ? 'application/json' : 'text/csv';
  const send = () => operatorOf(year).upload<Imported>(path, bytes, mediaType);
  const [answer, again] = [await send(), await send()];
  for (const { finishedAt } of [answer, again]) if (finishedAt === null) throw new Error(`the import of ${file} did not come to its end`);
  if (again.imported + again.merged > 0 || again.refused !== answer.refused || again.read !== answer.read) {
    throw new Error(`a second import of ${file} changed something: ${JSON.stringify(again)}`);
  }
  return { file: basename(file), answer };
}

export const importText = ({ file, answer }: Import): string =>
  `${file}: ${answer.read} rows read, ${answer.imported} imported, ${answer.merged} merged, ${answer.unchanged} that say nothing new, `
  + `${answer.refused} refused; sent again, it changes nothing`;

/** What became of each row and why, as a table. */
export async function rowsOf(year: Year, path: string, { answer }: Import): Promise<string> {
  const rows = await operatorOf(year).list<Row>(`${path}/${answer.importId}/rows?`);
  const cells = rows.map(({ row, line, outcome, code, reason, notes, fields }) =>
    [row, line, outcome, code, `"${reason.replaceAll('"', '""')}"`, notes.join('|'), fields.join('|')].join(','));
  return ['row,line,outcome,code,reason,notes,fields', ...cells, ''].join('\r\n');
}
