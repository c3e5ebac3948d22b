// The sheet of a workshop as somebody would print it. What stands on it is asked of poppler, where it is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';
import { lineIdOf } from '../redeem-session/line-id.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
let folder: string;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  folder = mkdtempSync(join(tmpdir(), 'mereau-attendance-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await scheme.close();
});

const sheet = (sessionId: string, { language = 'fr', token = scheme.till.token } = {}) => scheme.app.app.inject({
  method: 'GET', url: `/redemption/sessions/ses_${sessionId}/attendance-sheet?language=${language}`, headers: { authorization: `Bearer ${token}` },
});
const absent = spawnSync('pdftotext', ['-v']).error ? ' (skipped: no pdftotext)' : '';
function textOf(pdf: Buffer): string {
  const file = join(folder, 'sheet.pdf');
  writeFileSync(file, pdf);
  return spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
}

describe('the attendance sheet of a workshop', () => {
  (absent ? it.skip : it)(`has a line per voucher used and per further participant, and leaves out what was undone${absent}`, async () => {
    const { codes } = await scheme.batch(4);
    await scheme.redeem(codes[3]!);
    const key = uuidv7();
    await scheme.session(codes.map((code) => ({ code })), { service: 'everyday_tools', durationMinutes: 90, participants: 5 }, { key });
    const first = await sheet(key);
    expect([first.statusCode, first.headers['content-type']]).toEqual([200, 'application/pdf']);
    const said = textOf(first.rawPayload);
    for (const what of ['Feuille d’émargement', 'Maîtrise des outils numériques du quotidien', '90 min', '3 chèques utilisés, 30,00 € en tout']) {
      expect(said).toContain(what);
    }
    for (const line of [0, 1, 2]) expect(said).toContain(lineIdOf(key, line).slice(-8));
    expect(said).not.toContain(lineIdOf(key, 3).slice(-8));
    expect(said).toMatch(/^\s*5\s*$/m);
    expect((await sheet(key)).rawPayload.equals(first.rawPayload)).toBe(true);

    expect((await scheme.undo(`red_${lineIdOf(key, 1)}`)).status).toBe(200);
    const after = textOf((await sheet(key, { language: 'en' })).rawPayload);
    expect(after).toContain('2 vouchers used, €20.00 in all. 1 undone redemption is left out.');
    expect(after).not.toContain(lineIdOf(key, 1).slice(-8));
  });

  (absent ? it.skip : it)(`of a full hall goes over several pages${absent}`, async () => {
    const { codes } = await scheme.batch(40);
    const key = uuidv7();
    await scheme.session(codes.map((code) => ({ code })), {}, { key });
    const said = textOf((await sheet(key)).rawPayload);
    expect(said.split('\f').filter((page) => page.trim()).length).toBe(3);
    for (const [line] of codes.entries()) expect(said).toContain(lineIdOf(key, line).slice(-8));
    expect(said.match(/non précisé/g)).toHaveLength(9);
  });

  it('is shown to the place that held it, and to nobody else', async () => {
    const { codes: [code] } = await scheme.batch(1);
    const key = uuidv7();
    await scheme.session([{ code }], {}, { key });
    const rival = await scheme.openTill();
    const codeOf = (answer: { json(): unknown }) => (answer.json() as { code: string }).code;
    expect(codeOf(await sheet(key, { token: rival.token }))).toBe('session_not_found');
    expect(codeOf(await sheet(uuidv7()))).toBe('session_not_found');
    expect(codeOf(await sheet(key, { token: scheme.operator }))).toBe('role_missing');
  });
});
