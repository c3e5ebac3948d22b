// A national file in one request: 10,000 rows at full size, some hundred in a hurry. What it took is printed and not judged:
// it says more of the machine than of the code.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RedemptionApp } from '../../../../test/builders/redemption-app.js';

jest.setTimeout(180_000);

const FULL = process.env['MEREAU_SIZES'] === 'full';
const ROWS = FULL ? 10_000 : 700;
const MIB = 1_048_576;

/** A third repeats an id with other content, a third has no SIRET, some are refused: as it is in the national file. */
function row(at: number): string {
  const id = at % 3 === 2 ? at - 1 : at;
  const cells = [
    `lieu-${id}`, at % 3 === 0 ? '00000000000000' : '73282932000074', at % 100 === 0 ? '' : `Espace numérique ${id}`, 'VALENCE', '26000', '', `${id} rue des Essais`,
    `44.${id % 1000}`, '4.89', 'Mo-Fr 09:00-12:00,14:00-17:00', `Un lieu où l'on apprend, ${'avec patience, '.repeat(20)}n° ${at}`, 'Essai',
    `2024-01-${String((at % 28) + 1).padStart(2, '0')}`, 'Aide aux démarches administratives|Accès internet et matériel informatique', 'Gratuit|Payant',
  ];
  return cells.map((cell) => `"${cell}"`).join(',');
}
const HEADER = 'id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,horaires,presentation_detail,source,date_maj,services,frais_a_charge';

describe(`a file of ${ROWS} places`, () => {
  let app: RedemptionApp;
  beforeAll(async () => { app = await RedemptionApp.create(); });
  afterAll(() => app.close());

  it('is imported in one request, and again without a change', async () => {
    const file = Buffer.from([HEADER, ...Array.from({ length: ROWS }, (_, at) => row(at + 1))].join('\n'));
    const token = await app.operatorToken();
    for (const time of ['first', 'second']) {
      const before = process.memoryUsage().rss;
      let peak = before;
      const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 20);
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      const { status, body } = await app.send('place-imports', file, { token });
      clearInterval(watch);
      expect([status, body['read'], body['finishedAt'] !== null]).toEqual([201, ROWS, true]);
      expect(Number(body['imported']) + Number(body['merged']) + Number(body['unchanged']) + Number(body['refused'])).toBe(ROWS);
      if (time === 'second') expect([body['imported'], body['merged'], body['unchanged']]).toEqual([0, 0, ROWS - Number(body['refused'])]);
      if (FULL) {
        const [seconds, worked] = [(performance.now() - start) / 1_000, process.cpuUsage(cpu).user / 1_000_000];
        process.stderr.write(`${time} import of ${ROWS} rows, ${(file.length / MIB).toFixed(1)} MiB: ${seconds.toFixed(1)} s, of which this process worked `
          + `${worked.toFixed(1)} s; ${((peak - before) / MIB).toFixed(0)} MiB above ${(before / MIB).toFixed(0)} MiB\n`);
      }
    }
  });
});
