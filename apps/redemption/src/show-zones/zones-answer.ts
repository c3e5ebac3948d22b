// How zones are told, the same for communes that are asked for and for those without a place.
import { z } from 'zod';
import { idOut, idText } from '#libs/http';
import type { CommuneZones, ListInForce } from '../import-zones/zone-row.store.js';
import { ZONE_LISTS } from '../import-zones/zone-row.decision.js';

export const zoneFields = {
  densityClass: z.string().nullable().describe('of the density grid, 1 to 7; from 5 on rural; null: unknown'),
  quarters: z.array(z.string()).describe('priority quarters that lie in the commune, or partly: of a place in it nobody knows whether it is in one. Empty: no list names one, which is unknown'),
};
export const listsAnswer = z.array(z.strictObject({
  list: z.enum(ZONE_LISTS), importId: idText('fileImport'), rows: z.int(), since: z.iso.datetime(),
})).describe('in force; a list that is not here was never imported');

export const shownLists = (lists: readonly ListInForce[]): z.output<typeof listsAnswer> =>
  lists.map(({ list, importId, rows, finishedAt }) => ({ list, importId: idOut('fileImport', importId), rows, since: finishedAt.toISOString() }));

export const shownZones = (zones: CommuneZones | undefined): Readonly<{ densityClass: string | null; quarters: string[] }> =>
  ({ densityClass: zones?.densityClass ?? null, quarters: [...zones?.quarters ?? []] });
