// Files that real publishers wrote, where a copy of them is at hand (MEREAU_SAMPLE_DATA): every row has an outcome, and the
// second import changes nothing. What is in them is never part of this repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RedemptionApp } from '../builders/redemption-app.js';

jest.setTimeout(120_000);

const FOLDER = resolve(process.env['MEREAU_SAMPLE_DATA'] ?? '../shared/data', 'lieux');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => /\.(csv|json)$/.test(file) && !file.startsWith('schema-')) : [];

if (files.length === 0) {
  describe('published files of places', () => {
    it.skip('are imported (skipped: no folder of real data here)', () => undefined);
  });
} else {
  describe('published files of places', () => {
    let app: RedemptionApp;
    let operator: string;
    beforeAll(async () => {
      app = await RedemptionApp.create();
      operator = await app.operatorToken();
    });
    afterAll(() => app.close());

    const send = async (file: string) => (await app.send('place-imports', readFileSync(join(FOLDER, file)), {
      token: operator, type: file.endsWith('.csv') ? 'text/csv' : 'application/json',
    })).body as Record<string, number>;

    it.each(files)('%s: every row has an outcome, and a second import changes nothing', async (file) => {
      const first = await send(file);
      expect(first['read']).toBeGreaterThan(0);
      expect(first['imported']! + first['merged']! + first['unchanged']! + first['refused']!).toBe(first['read']);
      expect(first['refused']).toBe(0);
      const again = await send(file);
      expect(again).toMatchObject({ read: first['read'], imported: 0, merged: 0, unchanged: first['read'], refused: 0 });
    });
  });
}
