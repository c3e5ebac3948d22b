import type { Tx } from '#libs/persistence';
import type { KeepDeparture, KeepDepartureEnd } from './keep-departure.command.js';

export async function keepDeparture(tx: Tx, { departureId, placeId, programmeId, from, statedOn }: KeepDeparture['told']): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.known_departure (departure_id, place_id, programme_id, from_day, stated_on)
    values (${departureId}::uuid, ${placeId}::uuid, ${programmeId}::uuid, ${from}::date, ${statedOn}::date)`;
}

export async function keepDepartureEnd(tx: Tx, { departureId, how, from }: KeepDepartureEnd['told']): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.known_departure_end (departure_id, how, from_day) values (${departureId}::uuid, ${how}, ${from}::date)`;
}
