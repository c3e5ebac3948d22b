import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Bytes of one entry: the voucher's index in its batch (4, big endian), then the MAC of its code (16). */
export const CHUNK_ENTRY_BYTES = 20;
export const CHUNK_ENTRIES_MAX = 10_000;

/** Up to 10,000 vouchers of a batch, in MAC order. A MAC is a keyed hash: it spends nothing and names no one. */
export const VoucherChunkMintedV1 = defineMessage({
  type: 'voucher.chunk_minted.v1',
  from: 'issuance',
  to: ['redemption'],
  schema: z.strictObject({
    batchId: field.id,
    chunk: field.index,
    count: z.number().int().positive().max(CHUNK_ENTRIES_MAX),
    entries: z.base64().max(Math.ceil((CHUNK_ENTRIES_MAX * CHUNK_ENTRY_BYTES) / 3) * 4),
    entriesSha256: field.sha256,
  }),
  sample: {
    batchId: '01900000-0000-7000-8000-000000000008', chunk: 0, count: 1,
    entries: 'AAAAAAECAwQFBgcICQoLDA0ODxA=',
    entriesSha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
  },
  auditView: ({ entries: _bulk, ...rest }) => rest,
});
