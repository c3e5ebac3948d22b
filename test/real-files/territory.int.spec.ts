// The communes and départements of published lists, where a copy is at hand (MEREAU_SAMPLE_DATA), against what their codes say.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { departementOf, isCommune, isDepartement, isInTerritory, isRegion, regionOf } from '#libs/kernel';

const FOLDER = resolve(process.env['MEREAU_SAMPLE_DATA'] ?? '../shared/data', 'payeurs');
const [COMMUNES, DEPARTEMENTS] = ['communes-drome-puy-de-dome-rhone-1091.csv', 'departements-siret.csv'].map((file) => join(FOLDER, file));

/** Rows by the names of the header; these lists quote nothing in the columns that are read. */
function rowsOf(file: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(header!.map((name, at) => [name, cells[at] ?? ''])));
}

if (!existsSync(COMMUNES!) || !existsSync(DEPARTEMENTS!)) {
  describe('published lists of communes', () => {
    it.skip('agree with their codes (skipped: no folder of real data here)', () => undefined);
  });
} else {
  describe('published lists of communes', () => {
    it('name the département and région that the code of each commune says', () => {
      const rows = rowsOf(COMMUNES!);
      expect(rows.length).toBeGreaterThan(1_000);
      for (const { code_insee: commune, departement, region } of rows) {
        expect([commune, isCommune(commune!), departementOf(commune!), regionOf(commune!)]).toEqual([commune, true, departement, region]);
        expect(isInTerritory(commune!, [{ kind: 'region', code: region! }])).toBe(true);
      }
    });

    it('name départements that are known, each in the région that is known of it', () => {
      const known = rowsOf(DEPARTEMENTS!).filter(({ code }) => isDepartement(code!));
      expect(known.length).toBeGreaterThan(90);
      for (const { code, region } of known) {
        const commune = `${code}${'0'.repeat(5 - code!.length)}`;
        expect([code, regionOf(commune), isRegion(region!)]).toEqual([code, region, true]);
      }
    });
  });
}
