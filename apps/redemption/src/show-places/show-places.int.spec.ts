// Opening hours as an operator or an auditor sees them: the text of the file always, and what it says of a moment where it is understood.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NOON } from '../../../../test/builders/redemption-world.js';
import { RedemptionApp } from '../../../../test/builders/redemption-app.js';

jest.setTimeout(60_000);

let app: RedemptionApp;
let operator: string;

beforeAll(async () => {
  app = await RedemptionApp.create();
  operator = await app.operatorToken();
  const rows = [
    ['1', 'Heures', '26000', 'Mo-Fr 09:00-12:00,14:00-17:00; PH off'], ['2', 'Guyane', '97300', 'Mo-Fr 09:00-12:00,14:00-17:00; PH off'],
    ['3', 'Prose', '26000', 'mardi et jeudi, l\'après-midi'], ['4', 'Rien', '26000', ''],
  ];
  await app.send('place-imports', ['id,nom,code_postal,horaires', ...rows.map((cells) => cells.map((cell) => `"${cell}"`).join(','))].join('\n'), { token: operator });
});
afterAll(() => app.close());

const hoursOf = async (name: string, query = '') => {
  const { status, body } = await app.get(`places?search=${name}${query}`, operator);
  return status === 200 ? (body['items'] as { openingHours: unknown }[])[0]!.openingHours : body;
};

describe('the opening hours of a place', () => {
  it.each([
    ['Heures', '2026-07-15T09:00:00Z', { understood: true, state: 'open', nextChange: '2026-07-15T10:00:00.000Z', publicHoliday: false }],
    ['Guyane', '2026-07-15T09:00:00Z', { understood: true, state: 'closed', nextChange: '2026-07-15T12:00:00.000Z', publicHoliday: false }],
    ['Guyane', '2026-06-10T10:00:00-03:00', { understood: true, state: 'closed', nextChange: '2026-06-11T12:00:00.000Z', publicHoliday: true }],
    ['Prose', '2026-07-15T09:00:00Z', { text: 'mardi et jeudi, l\'après-midi', understood: false, state: null, nextChange: null, publicHoliday: null }],
  ])('of %s at %s', async (name, at, expected) => {
    expect(await hoursOf(name, `&at=${encodeURIComponent(at)}`)).toMatchObject({ at: new Date(at).toISOString(), ...expected });
  });

  it('are of now unless a moment is named, and null where no file says any', async () => {
    expect(await hoursOf('Heures')).toMatchObject({ text: 'Mo-Fr 09:00-12:00,14:00-17:00; PH off', at: new Date(NOON).toISOString() });
    expect(await hoursOf('Rien')).toBeNull();
    const place = await app.world.place();
    const { body } = await app.get('places?limit=200', operator);
    expect((body['items'] as { placeId: string; openingHours: unknown }[]).find(({ placeId }) => placeId === `plc_${place}`)).toMatchObject({ openingHours: null });
  });

  it('are of a moment and not of a day', async () => {
    expect(await hoursOf('Heures', '&at=2026-07-15')).toMatchObject({ code: 'request_malformed' });
  });
});
