// Files of the bank reach settlement as they are, byte by byte, and what it says comes back in words.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, cookie, get, openPages, OPERATOR_IDS, pagesApp, resetPages, text, uuid } from '../../../../test/builders/pages.js';

const STATEMENTS = 'POST /settlement/bank-statements';
const REPORTS = 'POST /settlement/payment-reports';
const KEY = uuid(10);
const XML = '<Document>BkToCstmrStmt</Document>';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator']);
  answers[STATEMENTS] = [200, { statements: [{ bankStatementId: 'bst', bankAccountId: 'bac', known: false, lines: { payer_receipt: 2, unknown_debit: 1 } }] }];
});

type Sent = Readonly<{ file?: string | Buffer; key?: string; origin?: string }>;
async function send(to: string, { file = XML, key = KEY, origin = 'https://mereau.example' }: Sent = {}) {
  const form = new FormData();
  form.set('key', key);
  form.set('file', new Blob([file]), 'relevé.xml');
  const request = new Request('https://mereau.example', { method: 'POST', body: form });
  return pagesApp().inject({
    method: 'POST', url: `/bank-files/${to}`, payload: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type')!, origin, cookie: cookie() },
  });
}

describe('a statement handed in on the page', () => {
  it.each([
    ['XML', XML, 'application/xml'], ['XML with a mark of its byte order', `\ufeff${XML}`, 'application/xml'],
    ['CFONB 120', `01${'0'.repeat(118)}`, 'text/plain'],
  ])('reaches settlement as it is: %s', async (_, file, type) => {
    const { statusCode, body } = await send('statements', { file });
    const sent = asked.find(({ route }) => route === STATEMENTS)!;
    expect([statusCode, sent.text, sent.headers['content-type'], sent.headers['idempotency-key']]).toEqual([200, file, type, KEY]);
    expect(text(body)).toContain('1 relevé lu. Argent d’un financeur : 2, Débit inconnu : 1');
  });

  it('is told to be known where it was booked before', async () => {
    answers[STATEMENTS] = [200, { statements: [{ bankStatementId: 'bst', bankAccountId: 'bac', known: true, lines: {} }] }];
    expect(text((await send('statements')).body)).toContain('Déjà compté : rien n’a changé.');
  });

  it.each([
    [409, 'bank_statement_gap', { statement: 'R7' }, 'Un relevé manque avant celui-ci : envoyez d’abord le relevé manquant. Relevé R7'],
    [422, 'bank_file_malformed', { line: 12 }, 'téléchargez-le à nouveau auprès de la banque. Ligne 12'],
    [422, 'a_code_of_later', {}, 'Nous ne savons pas si c’est fait.'], [403, 'role_missing', {}, 'Votre rôle ne le permet pas'],
  ])('that is refused says so in words, with where it was: %s %s', async (status, code, details, words) => {
    answers[STATEMENTS] = [status, { code, details }];
    const { statusCode, body } = await send('statements');
    expect([statusCode, text(body)]).toEqual([status, expect.stringContaining(words)]);
    expect(text(body)).toContain('Rien n’a été compté.');
  });

  it('is asked for where no file was chosen, and nothing is sent', async () => {
    const { statusCode, body } = await send('statements', { file: '' });
    expect([statusCode, text(body)]).toEqual([400, expect.stringContaining('Choisissez un fichier, puis envoyez.')]);
    expect(asked.some(({ route }) => route === STATEMENTS)).toBe(false);
  });

  it('is taken of no other site, and of no other kind of form', async () => {
    expect((await send('statements', { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
    const plain = await pagesApp().inject({ method: 'POST', url: '/bank-files/statements', payload: `key=${KEY}`, headers: {
      'content-type': 'application/x-www-form-urlencoded', origin: 'https://mereau.example', cookie: cookie() } });
    expect(plain.statusCode).toBe(415);
    expect(asked.some(({ route }) => route === STATEMENTS)).toBe(false);
  });
});

describe('a report handed in on the page', () => {
  it('leads to what it said', async () => {
    answers[REPORTS] = [200, { reportId: OPERATOR_IDS.report }];
    const { statusCode, headers } = await send('reports');
    expect([statusCode, headers.location, asked.find(({ route }) => route === REPORTS)!.text]).toEqual([303, `/payment-reports/${OPERATOR_IDS.report}`, XML]);
    const shown = text((await get(`/payment-reports/${OPERATOR_IDS.report}`)).body);
    expect(shown).toContain('19,32 € refusés, à nouveau dus');
    expect(shown).toContain('Refusé, à nouveau dû');
    expect(shown).toContain('Statut inconnu');
  });

  it('that is a statement is sent back to the other form', async () => {
    answers[REPORTS] = [422, { code: 'bank_file_not_report', details: {} }];
    expect(text((await send('reports')).body)).toContain('Un relevé s’envoie dans l’autre formulaire.');
  });
});

describe('the page of files', () => {
  it('has forms for operators, and says to others who sends them', async () => {
    expect((await get('/bank-files')).body).toContain('enctype="multipart/form-data"');
    as('operator', ['approver']);
    const { body } = await get('/bank-files');
    expect(body).not.toContain('multipart');
    expect(text(body)).toContain('Un opérateur envoie ces fichiers.');
  });
});
