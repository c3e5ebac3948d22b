import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import { PlaceAccreditedV1 } from '#libs/contracts';
import { idOf, localDate } from '#libs/kernel';
import { distributorMemberOf, IssuanceWorld, plain } from '../../../../test/builders/issuance-world.js';
import { drawLetter, placesMaxOf } from './draw-letter.js';
import { LANGUAGES } from './letter-words.js';
import { WriteLetter } from './orientation-letter.query.js';

let world: IssuanceWorld;
let programmeId: string;
beforeAll(async () => {
  world = await IssuanceWorld.create();
  programmeId = await world.programme();
  for (const [at, [name, latitude]] of ([['Loin', 45.9], ['Près', 45.44], ['Autre programme', 45.44]] as const).entries()) {
    await world.take(PlaceAccreditedV1, {
      ...PlaceAccreditedV1.sample, placeId: world.newId(), name, latitude, commune: at === 0 ? '42187' : '42218',
      programmeId: at === 2 ? world.newId() : plain(programmeId),
    });
  }
});
afterAll(() => world.close());

const pagesOf = (bytes: Buffer): number => bytes.toString('latin1').split('/Type /Page\n').length - 1;
const near = async (isLarge = false) => (await world.app.get(QueryBus, { strict: false }).execute(new WriteLetter({
  programmeId: idOf('programme', plain(programmeId)), commune: '42218', service: 'employment', language: 'fr', isLarge,
})))!;

describe('an orientation letter', () => {
  it('names places that take the programme, the nearest first', async () => {
    const { places, service, usableUntil } = await near();
    expect([places.map(({ name }) => name), service, usableUntil]).toEqual([['Près', 'Loin'], 'Insertion professionnelle via le numérique', '2026-12-31']);
  });

  it.each(LANGUAGES.flatMap((language) => [[language, 'normal'], [language, 'large']] as const))('is a page in %s, %s print, for a distributor', async (language, print) => {
    const as = distributorMemberOf(await world.distributor());
    const answer = await world.get(`orientation-letters?programmeId=${programmeId}&commune=42218&language=${language}&print=${print}`, as);
    expect([answer.status, answer.headers['content-type'], answer.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
  });

  it('is of a programme that there is, for a commune', async () => {
    expect((await world.get(`orientation-letters?programmeId=prg_${world.newId()}&commune=42218`)).body.code).toBe('programme_not_found');
    expect((await world.get(`orientation-letters?programmeId=${programmeId}&commune=Lyon`)).status).toBe(400);
    expect((await world.get(`orientation-letters?programmeId=${programmeId}&commune=42218&name=Durand`)).status).toBe(400);
  });

  it.each([false, true])('stays on one page with as many places as it takes (large: %s)', async (isLarge) => {
    const place = { placeId: idOf('place', world.newId()), name: 'Médiathèque intercommunale des Monts du Lyonnais', address: '12 avenue de la République, 42000 Saint-Étienne', commune: '42218', distanceKm: 12.34 };
    for (const language of LANGUAGES) {
      const document = drawLetter({
        language, isLarge, programme: 'Numérique pour tous', usableUntil: localDate('2026-12-31'), service: 'Help with administrative steps',
        places: Array.from({ length: placesMaxOf(isLarge) }, () => place), at: new Date(0),
      });
      const pieces: Buffer[] = [];
      for await (const piece of document) pieces.push(piece as Buffer);
      expect(pagesOf(Buffer.concat(pieces))).toBe(1);
    }
  });
});
