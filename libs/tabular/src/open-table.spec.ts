// Files as they are published, each fault in a small one made up for it.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRejected } from '#libs/kernel';
import { openTable, type MediaType, type Row } from './index.js';

async function rowsOf(content: string | Buffer, mediaType: MediaType = 'text/csv'): Promise<Row[]> {
  const table = await openTable(Buffer.from(content), mediaType, 1_000);
  if (isRejected(table)) throw new Error(table.code);
  const rows: Row[] = [];
  for await (const row of table.rows()) rows.push(row);
  expect(rows).toHaveLength(table.count);
  return rows;
}
const cellsOf = async (content: string | Buffer, mediaType?: MediaType) =>
  (await rowsOf(content, mediaType)).map(({ cells }) => Object.fromEntries(cells));
const codeOf = async (content: string | Buffer, mediaType: MediaType = 'text/csv', rowsMax = 1_000) => {
  const table = await openTable(Buffer.from(content), mediaType, rowsMax);
  return isRejected(table) ? table.code : 'read';
};

const EXPECTED = [{ id: '1', nom: 'Médiathèque', code_postal: '26000' }];

describe('a CSV file', () => {
  it.each<[string, string | Buffer]>([
    ['with commas', 'id,nom,code_postal\n1,Médiathèque,26000\n'],
    ['with semicolons', 'id;nom;code_postal\n1;Médiathèque;26000\n'],
    ['with tabs', 'id\tnom\tcode_postal\n1\tMédiathèque\t26000\n'],
    ['with CRLF', 'id,nom,code_postal\r\n1,Médiathèque,26000\r\n'],
    ['with line ends of both kinds', 'id,nom,code_postal\r\n1,Médiathèque,26000\n'],
    ['without a last line end', 'id,nom,code_postal\n1,Médiathèque,26000'],
    ['with a byte order mark before a quoted name', '\ufeff"id","nom","code_postal"\n"1","Médiathèque","26000"\n'],
    ['in Windows-1252', Buffer.from('id,nom,code_postal\n1,M\xe9diath\xe8que,26000\n', 'latin1')],
    ['in UTF-16', Buffer.from('\ufeffid;nom;code_postal\r\n1;Médiathèque;26000\r\n', 'utf16le')],
    ['with capitals, accents and blanks in its names', 'ID,Nom ,Code Postal\n1,Médiathèque,26000\n'],
    ['with blank rows', '\nid,nom,code_postal\n,,\n1,Médiathèque,26000\n\n,,\n'],
    ['with narrow blanks around a cell', 'id,nom,code_postal\n1,\u00a0Médiathèque\u202f,26000\n'],
    ['with a row that has empty cells too many', 'id,nom,code_postal\n1,Médiathèque,26000,,\n'],
    ['with a line that tells a spreadsheet its delimiter', 'sep=;\nid;nom;code_postal\n1;Médiathèque;26000\n'],
    ['with titles over its header', 'Liste des lieux;;\nmars 2026;;\n;;\nid;nom;code_postal\n1;Médiathèque;26000\n'],
    ['with two columns of one name, of which the first is empty', 'id,nom,code postal,Code_postal\n1,Médiathèque,,26000\n'],
  ])('is read: %s', async (_what, content) => {
    expect(await cellsOf(content)).toEqual(EXPECTED);
  });

  it('keeps newlines, delimiters and doubled quotes inside a field', async () => {
    expect(await cellsOf('id,horaires,nom\n1,"Lundi\r\nMardi, mercredi","Le ""Lieu"""\n'))
      .toEqual([{ id: '1', horaires: 'Lundi\nMardi, mercredi', nom: 'Le "Lieu"' }]);
  });

  it('of one column is read although each line ends with a delimiter', async () => {
    expect(await cellsOf(`serial,\n${'1,\n'.repeat(9)}`)).toEqual(Array.from({ length: 9 }, () => ({ serial: '1' })));
    expect(await cellsOf('serial,\n1,\n')).toEqual([{ serial: '1' }]);
  });

  it.each<[string, string, MediaType]>([
    ['CSV', 'Nom du lieu,E-mail,e_mail,Tél,TEL,,\n1,a@b.fr,c@d.fr,01,01,,\n2,,,,,oui,\n', 'text/csv'],
    ['JSON', '[{"Nom du lieu":1,"E-mail":"a@b.fr","e_mail":"c@d.fr","Tél":"01","TEL":"01","?":"","!":"oui"}]', 'application/json'],
  ])('in %s is told with its headers as they are written, and with those of which one says something else', async (_what, content, mediaType) => {
    const table = await openTable(Buffer.from(content), mediaType, 10);
    if (isRejected(table)) throw new Error(table.code);
    expect([...table.headers]).toEqual([['nom_du_lieu', 'Nom du lieu'], ['e_mail', 'E-mail'], ['tel', 'Tél']]);
    expect([...table.lossy]).toEqual(['e_mail']);
    expect(table.unnamed).toBe(1);
    expect([...table.columns]).toEqual([...table.headers.keys()]);
  });

  it('keeps a quote that nobody doubled', async () => {
    expect(await cellsOf('id,tarifs,nom\n1,Tarif "réduit,A\n2,"Le "Lieu" ouvert",B\n'))
      .toEqual([{ id: '1', tarifs: 'Tarif "réduit', nom: 'A' }, { id: '2', tarifs: '"Le "Lieu" ouvert"', nom: 'B' }]);
  });

  it('takes a row that is shorter than its header, and says of one that is longer that it cannot be trusted', async () => {
    const rows = await rowsOf('id,nom,code_postal\n1,Court\n2,Long,26000,reste\n3,Juste,26000\n');
    expect(rows.map(({ number, line, fault }) => [number, line, fault])).toEqual([[1, 2, undefined], [2, 3, 'row_ragged'], [3, 4, undefined]]);
  });

  it('says of a row whose quote closed in another one that it may have swallowed rows', async () => {
    const rows = await rowsOf('id,nom,code_postal\n1,"A,26000\n2,B,26000\n3,"C",26000\n4,D,26000\n');
    expect(rows.map(({ number, line, fault }) => [number, line, fault])).toEqual([[1, 4, 'row_quote_open'], [2, 5, undefined]]);
  });

  it('keeps a damaged letter of a UTF-8 file from spoiling the others', async () => {
    const [row] = await cellsOf(Buffer.concat([Buffer.from('id,nom\n1,Médiathèque, é'), Buffer.from([0xe9]), Buffer.from('\n')]));
    expect(row!['nom']).toBe('Médiathèque');
  });

  it.each([
    ['a quote that never closes', 'id,nom\n1,"A\n2,B\n', 'table_malformed'],
    ['a header without an end', `${'a,'.repeat(300)}b\n1\n`, 'table_malformed'],
    ['nothing', '', 'table_empty'],
    ['a header only', 'id,nom\n', 'table_empty'],
  ])('is refused whole with %s', async (_what, content, code) => {
    expect(await codeOf(content)).toBe(code);
  });

  it('is refused when it has more rows than are taken', async () => {
    expect([await codeOf('id\n1\n2\n', 'text/csv', 2), await codeOf('id\n1\n2\n3\n', 'text/csv', 2)]).toEqual(['read', 'table_too_long']);
  });

  it('names no property of an object by accident', async () => {
    expect(await cellsOf('__proto__,constructor,nom\na,b,c\n')).toEqual([{ proto: 'a', constructor: 'b', nom: 'c' }]);
  });

  it('gives back every table that is written by the rules', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', ' ', '1'), maxLength: 8 });
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (table) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const csv = ['"un","deux","trois"', ...table.map(([a, b], at) => [a, b, `n${at}`].map(quoted).join(','))].join('\n');
      expect((await rowsOf(csv)).map(({ cells }) => [cells.get('un') ?? '', cells.get('deux') ?? '', cells.get('trois')]))
        .toEqual(table.map(([a, b], at) => [a.trim(), b.trim(), `n${at}`]));
    }), { numRuns: 60 });
  });
});

describe('a JSON list', () => {
  it('is read with its numbers and lists as text', async () => {
    expect(await cellsOf('[{"id":13,"Nom":"A","services":["x","y"],"latitude":44.9,"vide":null}, {"id":"14"}]', 'application/json'))
      .toEqual([{ id: '13', nom: 'A', services: 'x|y', latitude: '44.9' }, { id: '14' }]);
  });

  it('gives an entry that is no object as a row with a fault', async () => {
    expect((await rowsOf('[{"id":1}, 7, ["a"], null]', 'application/json')).map(({ fault }) => fault))
      .toEqual([undefined, 'row_not_object', 'row_not_object', 'row_not_object']);
  });

  it.each([
    ['an object', '{"id":{"nom":1}}', 'table_malformed'], ['no JSON', 'id,nom\n1,A', 'table_malformed'],
    ['a list that does not end', '[{"id":1}', 'table_malformed'], ['something after its end', '[{"id":1}] x', 'table_malformed'],
    ['an abyss', '['.repeat(10_000), 'table_malformed'], ['nothing in it', '[]', 'table_empty'],
  ])('is refused whole when it is %s', async (_what, content, code) => {
    expect(await codeOf(content, 'application/json')).toBe(code);
  });
});
