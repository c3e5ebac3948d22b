// Files of places and of payers, and what became of their rows, as the services tell it.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

export const KINDS = ['places', 'payers', 'density', 'quarters'] as const;
export type ImportKind = (typeof KINDS)[number];
/** Official lists of zones: another person takes a version into force. */
export const ZONE_KINDS = ['density', 'quarters'] as const satisfies readonly ImportKind[];
export const isZones = (kind: ImportKind): boolean => ZONE_KINDS.some((one) => one === kind);
export const ROUTES: Readonly<Record<ImportKind, string>> = {
  places: '/redemption/place-imports', payers: '/issuance/payer-imports', density: '/redemption/zone-imports', quarters: '/redemption/zone-imports',
};

/** As redemption bounds it, with room for the rest of the form. */
export const UPLOAD_BYTES_MAX = 33_554_432 + 16_384;

const counts = { read: z.int(), imported: z.int(), merged: z.int(), unchanged: z.int(), refused: z.int() };
const importRow = z.object({ line: z.int(), externalId: z.string().nullable(), code: z.string(), notes: z.array(z.string()) });
export const importShape = z.object({ importId: z.string(), ...counts, startedAt: z.string(), finishedAt: z.string().nullable() });
export const rowsShape = z.object({ items: z.array(importRow), nextCursor: z.string().nullable() });
export const trialShape = rowsShape.extend({ ...counts, codes: z.record(z.string(), z.int()), notes: z.record(z.string(), z.int()) });
export const previewShape = z.object({
  rows: z.int(), query: z.string(), missing: z.array(z.string()), dropped: z.array(z.string()),
  columns: z.array(z.object({ header: z.string(), samples: z.array(z.string()), proposed: z.array(z.object({ field: z.string() })) })),
});
export type FileImport = z.output<typeof importShape>;
export type ImportRow = z.output<typeof importRow>;
export type Rows = z.output<typeof rowsShape>;
export type Trial = z.output<typeof trialShape>;
export type Preview = z.output<typeof previewShape>;

const importsShape = z.object({ items: z.array(importShape) });
const IMPORTS_SHOWN = 10;
const ROWS_SHOWN = 100;

export async function loadPlaceImports(services: Services, bearer: string): Promise<Read<readonly FileImport[]>> {
  const read = await services.get(`${ROUTES.places}?limit=${IMPORTS_SHOWN}`, importsShape, bearer);
  return read.ok ? { ok: true, value: read.value.items } : read;
}

export const loadImport = (services: Services, bearer: string, kind: ImportKind, id: string) => services.get(`${ROUTES[kind]}/${id}`, importShape, bearer);

/** Those that were refused: the others are in the lists. */
export const loadRefused = (services: Services, bearer: string, kind: ImportKind, id: string, cursor: string | undefined) =>
  services.get(`${ROUTES[kind]}/${id}/rows?outcome=refused&limit=${ROWS_SHOWN}${cursor ? `&cursor=${cursor}` : ''}`, rowsShape, bearer);

/** `mapping`: as the preview of the file wrote it, `column=…&column=…`. */
export function pathOf(kind: ImportKind, act: 'try' | 'import', mapping: string): string {
  const query = [isZones(kind) && `list=${kind}`, mapping, act === 'try' && `outcome=refused&limit=${ROWS_SHOWN}`].filter((one) => one !== '' && one !== false).join('&');
  return `${ROUTES[kind]}${act === 'try' ? '/dry-run' : ''}${query && `?${query}`}`;
}

/** A list in brackets is JSON, everything else a table. */
export const tableType = (bytes: Buffer): string =>
  (/^\uFEFF?\s*[[{]/.test(bytes.subarray(0, FIRST_BYTES).toString('utf8')) ? 'application/json' : 'text/csv');
const FIRST_BYTES = 64;
