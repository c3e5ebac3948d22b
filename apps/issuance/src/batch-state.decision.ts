// How far a batch is: its chunks go out one by one, and redemption confirms each, in any order.

export const BATCH_STATES = ['minting', 'minted', 'loaded'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** A batch only moves forward; the last confirmation may arrive before the batch itself was marked as minted. */
export const BATCH_MOVES: Readonly<Record<BatchState, readonly BatchState[]>> = {
  minting: ['minted', 'loaded'],
  minted: ['loaded'],
  loaded: [],
};

export type ChunkCounts = Readonly<{ chunkCount: number; minted: number; loaded: number }>;

export function stateOfChunks({ chunkCount, minted, loaded }: ChunkCounts): BatchState {
  if (minted < chunkCount) return 'minting';
  return loaded < chunkCount ? 'minted' : 'loaded';
}
