// How zones are told, the same for communes that are asked for and for those without a place.
import { z } from 'zod';
import { idOut, idText } from '#libs/http';
import type { CommuneZones, ListInForce } from '../import-zones/zone-row.store.js';
import { isOfZone, ZONES, type Zone } from '../import-zones/zone.decision.js';
import { ZONE_LISTS } from '../import-zones/zone-row.decision.js';

export const zoneFields = {
  densityClass: z.string().nullable().describe('of the density grid, 1 to 7; from 5 on rural; null: unknown'),
  quarters: z.array(z.string()).describe('priority quarters that lie in the commune, or partly: of a place in it nobody knows whether it is in one. Empty: no list names one, which is unknown'),
  zones: z.array(z.enum(ZONES)).describe('that the commune is counted in: one by its density, one by its quarters'),
};
export const listsAnswer = z.array(z.strictObject({
  list: z.enum(ZONE_LISTS), importId: idText('fileImport'), rows: z.int(), since: z.iso.datetime(),
})).describe('in force; a list that is not here was never accepted');

export const shownLists = (lists: readonly ListInForce[]): z.output<typeof listsAnswer> =>
  lists.map(({ list, importId, rows, since }) => ({ list, importId: idOut('fileImport', importId), rows, since: since.toISOString() }));

type Shown = Readonly<{ densityClass: string | null; quarters: string[]; zones: Zone[] }>;
export const shownZones = (zones: CommuneZones | undefined): Shown => ({
  densityClass: zones?.densityClass ?? null, quarters: [...zones?.quarters ?? []], zones: ZONES.filter((zone) => isOfZone(zone, zones)),
});
