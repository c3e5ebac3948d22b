// Real lists of councils, where a copy is at hand (MEREAU_SAMPLE_DATA): every row has an outcome, and the second import
// changes nothing. What is in them is never part of this repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { IssuanceWorld } from '../builders/issuance-world.js';

jest.setTimeout(120_000);

const FOLDER = resolve(process.env['MEREAU_SAMPLE_DATA'] ?? '../shared/data', 'payeurs');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.csv')) : [];

if (files.length === 0) {
  describe('published lists of councils', () => {
    it.skip('are imported (skipped: no folder of real data here)', () => undefined);
  });
} else {
  describe('published lists of councils', () => {
    let world: IssuanceWorld;
    beforeAll(async () => { world = await IssuanceWorld.create(); });
    afterAll(() => world.close());

    const send = async (file: string) => (await world.send('payer-imports', readFileSync(join(FOLDER, file)))).body as unknown as Record<string, number>;

    it.each(files)('%s: every row has an outcome, and a second import changes nothing', async (file) => {
      const first = await send(file);
      expect(first['read']).toBeGreaterThan(0);
      expect(first['imported']! + first['merged']! + first['unchanged']! + first['refused']!).toBe(first['read']);
      expect(first['imported']).toBeGreaterThan(0);
      const taken = first['read']! - first['refused']!;
      expect(await send(file)).toMatchObject({ read: first['read'], imported: 0, merged: 0, unchanged: taken, refused: first['refused'] });
    });
  });
}
