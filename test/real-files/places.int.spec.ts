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

    const send = async (file: string, path = '') => (await app.send(`place-imports${path}`, readFileSync(join(FOLDER, file)), {
      token: operator, type: file.endsWith('.csv') ? 'text/csv' : 'application/json',
    })).body as Record<string, number>;
    const sumsOf = ({ read, imported, merged, unchanged, refused }: Record<string, unknown>) =>
      ({ read, imported, merged, unchanged, refused });

    it.each(files)('%s: every row has an outcome as a dry run said, and a second import changes nothing', async (file) => {
      const dry = await send(file, '/dry-run');
      const first = await send(file);
      expect(sumsOf(dry)).toEqual(sumsOf(first));
      expect(first['read']).toBeGreaterThan(0);
      expect(first['imported']! + first['merged']! + first['unchanged']! + first['refused']!).toBe(first['read']);
      expect(first['refused']).toBe(0);
      const again = await send(file);
      expect(again).toMatchObject({ read: first['read'], imported: 0, merged: 0, unchanged: first['read'], refused: 0 });
    });

    // The preview of a file in the standard proposes what the standard itself says; by that mapping nothing of it is read otherwise.
    it.each(files)('%s: by the mapping that its preview proposes it says nothing new', async (file) => {
      const preview = await send(file, '/preview') as Record<string, unknown>;
      expect(preview).toMatchObject({ layout: expect.stringMatching(/^lamednum-/), missing: [] });
      const dry = await send(file, `/dry-run?${String(preview['query'])}`);
      expect(sumsOf(dry)).toEqual({ read: preview['rows'], imported: 0, merged: 0, unchanged: preview['rows'], refused: 0 });
    });

    it.each(files.filter((file) => file.endsWith('.csv')))('%s: without a telling name most columns are found by what they hold', async (file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      const unnamed = text.replace(/^.*/, (header) => header.split(',').map((_, at) => `c${at + 1}`).join(','));
      const { body } = await app.send('place-imports/preview', unnamed, { token: operator });
      const named = (text.split('\n')[0]!).replaceAll('"', '').trim().split(',');
      const found = Object.entries(body['mapping'] as Record<string, string[]>).map(([field, [column]]) => [field, named[Number(column!.slice(1)) - 1]]);
      expect(Object.fromEntries(found)).toMatchObject({ siret: 'pivot', emails: 'courriels', latitude: 'latitude', longitude: 'longitude', updatedOn: 'date_maj', openingHours: 'horaires' });
    });
  });
}
