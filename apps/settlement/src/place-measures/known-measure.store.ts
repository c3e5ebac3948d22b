import type { Tx } from '#libs/persistence';
import type { KeepMeasureEnd, Told } from './keep-measure.command.js';

export async function keepMeasure(tx: Tx, { measureId, placeId, programmeId, kind, reason, from }: Told): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.known_measure (measure_id, place_id, programme_id, kind, reason, from_day)
    values (${measureId}::uuid, ${placeId}::uuid, ${programmeId}::uuid, ${kind}, ${reason}, ${from}::date)`;
}

export async function keepMeasureEnd(tx: Tx, { measureId, how, from }: KeepMeasureEnd['told']): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.known_measure_end (measure_id, how, from_day) values (${measureId}::uuid, ${how}, ${from}::date)`;
}
