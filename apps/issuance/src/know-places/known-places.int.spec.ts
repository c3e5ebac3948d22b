// Which places a letter may name: as many messages told of them, in whatever order, and nearest first.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  PlaceAccreditedV1, PlaceDepartureEndedV1, PlaceDepartureStatedV1, PlaceReinstatedV1, PlaceSuspendedV1, PlaceWithdrawnV1, type BodyOf,
} from '#libs/contracts';
import { idOf } from '#libs/kernel';
import { IssuanceWorld, NOW } from '../../../../test/builders/issuance-world.js';
import { KeepAccreditedPlace } from './keep-accredited-place.command.js';
import { nearestPlaces } from './known-place.store.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

type Fact = BodyOf<typeof PlaceAccreditedV1>;
const { address: _address, commune: _commune, latitude: _latitude, longitude: _longitude, ...NOWHERE } = PlaceAccreditedV1.sample;
const newFact = (programmeId: string, over: Partial<Fact>): Fact => ({ ...NOWHERE, placeId: world.newId(), programmeId, ...over });
const near = async (programmeId: string, areas: readonly string[], day = '2026-03-02', max = 10) =>
  (await nearestPlaces(world.work.client, { programmeId: idOf('programme', programmeId), day: day as never, areas, max }))
    .map(({ name, distanceKm }) => [name, distanceKm]);

describe('the places near somebody', () => {
  it('are those of the commune first, then by distance, and those without a position last', async () => {
    const programmeId = world.newId();
    const accredit = (name: string, commune: string, at?: [number, number]) =>
      world.take(PlaceAccreditedV1, newFact(programmeId, { name, commune, ...(at && { latitude: at[0], longitude: at[1] }) }));
    await accredit('Lyon', '69381', [45.767, 4.834]);
    await accredit('Roanne', '42187', [46.036, 4.068]);
    await accredit('Saint-Étienne', '42218', [45.44, 4.387]);
    await accredit('Saint-Étienne, sans position', '42218');
    await accredit('Nulle part', '01004');
    expect(await near(programmeId, ['42218'])).toEqual([
      ['Saint-Étienne', 0], ['Saint-Étienne, sans position', null], ['Lyon', expect.closeTo(50, -1)], ['Roanne', expect.closeTo(70, -1)], ['Nulle part', null],
    ]);
    // Of the département three, the middle being between the two that have a position; Lyon is nearer than the third, and after it.
    expect((await near(programmeId, ['42'])).map(([name]) => name).slice(2)).toEqual(['Saint-Étienne, sans position', 'Lyon', 'Nulle part']);
    expect((await near(programmeId, ['69999']))[0]![0]).toBe('Lyon');
    expect(await near(programmeId, [], '2026-03-02', 2)).toEqual([['Lyon', null], ['Nulle part', null]]);
  });

  it('are those that take the programme by their latest accreditation, from that day on', async () => {
    const [programmeId, other, placeId] = [world.newId(), world.newId(), world.newId()];
    const fact = newFact(programmeId, { placeId, name: 'Médiathèque' });
    await world.take(PlaceAccreditedV1, { ...fact, accreditationVersion: 2, from: '2026-01-01', to: '2026-06-30' });
    await world.take(PlaceAccreditedV1, fact);
    await world.take(PlaceAccreditedV1, fact);
    expect([await near(programmeId, []), await near(programmeId, [], '2026-07-01'), await near(other, [])]).toEqual([[['Médiathèque', null]], [], []]);
  });

  it('are none that is suspended or withdrawn for the programme, until that ends, in whatever order that is told', async () => {
    const [programmeId, other, placeId] = [world.newId(), world.newId(), world.newId()];
    const [first, second] = [world.newId(), world.newId()];
    await world.take(PlaceAccreditedV1, newFact(programmeId, { placeId, name: 'Médiathèque' }));
    await world.take(PlaceAccreditedV1, newFact(other, { placeId, name: 'Médiathèque' }));
    const of = (measureId: string) => ({ measureId, placeId, programmeId });
    await world.take(PlaceSuspendedV1, { ...of(first), reason: 'other', from: '2026-03-01' });
    expect([await near(programmeId, []), await near(other, [])]).toEqual([[], [['Médiathèque', null]]]);
    await world.take(PlaceReinstatedV1, { ...of(second), how: 'overturned', from: '2026-03-01' });
    await world.take(PlaceReinstatedV1, { ...of(first), how: 'reinstated', from: '2026-03-02' });
    await world.take(PlaceReinstatedV1, { ...of(first), how: 'overturned', from: '2026-03-01' });
    await world.take(PlaceWithdrawnV1, { ...of(second), reason: 'other', from: '2026-03-01' });
    expect(await near(programmeId, [])).toEqual([['Médiathèque', null]]);
  });

  it('are named until the evening before they leave, and again when that was taken back, in whatever order it is told', async () => {
    const [programmeId, other, placeId, backId] = [world.newId(), world.newId(), world.newId(), world.newId()];
    await world.take(PlaceAccreditedV1, newFact(programmeId, { placeId, name: 'Partie' }));
    await world.take(PlaceAccreditedV1, newFact(programmeId, { placeId: backId, name: 'Revenue' }));
    await world.take(PlaceAccreditedV1, newFact(other, { placeId, name: 'Partie' }));
    const of = (id: string) => ({ departureId: world.newId(), programmeId, placeId: id });
    const [left, back] = [of(placeId), of(backId)];
    await world.take(PlaceDepartureStatedV1, { ...left, from: '2026-04-01', statedOn: '2026-03-02' });
    await world.take(PlaceDepartureEndedV1, { ...back, how: 'taken_back', from: '2026-04-01' });
    await world.take(PlaceDepartureStatedV1, { ...back, from: '2026-04-01', statedOn: '2026-03-02' });
    const names = async (id: string, day: string) => (await near(id, [], day)).map(([name]) => name).sort();
    expect([await names(programmeId, '2026-03-31'), await names(programmeId, '2026-04-01'), await names(other, '2026-04-01')])
      .toEqual([['Partie', 'Revenue'], ['Revenue'], ['Partie']]);
  });

  it('are where the latest message says, whichever comes last', async () => {
    const [programmeId, placeId] = [world.newId(), world.newId()];
    const fact = newFact(programmeId, { placeId });
    const told = (name: string, occurredAt: string) => world.work.transaction(
      { actor: { kind: 'system', id: 'test' }, correlationId: 'test', causationId: null },
      (tx) => world.commands.execute(new KeepAccreditedPlace({ ...fact, name }, occurredAt, { kind: 'message', tx })));
    await told('Nouveau nom', '2026-03-03T10:00:00.000Z');
    await told('Ancien nom', NOW);
    expect(await near(programmeId, [])).toEqual([['Nouveau nom', null]]);
  });
});
