// What an extension does to a batch. Before its vouchers expired it changes two dates and nothing else. After it, what the
// run took comes back to the vouchers that lost it, and the batch stays closed for tills until the last of them has it.
import type { BatchExtendedV1, BodyOf } from '#libs/contracts';
import { cents, idOf, type Cents } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';

export type ExtendableBatch = Readonly<{
  /** Of all vouchers: what runs took and no extension gave back. */
  expired: Cents;
  /** A run that is not finished. Its chunks have all been told, or the statement could not have been drawn up. */
  runOpen: boolean;
  /** A run, finished or not, that no extension lifted. */
  runStands: boolean;
}>;

export type DecidedExtension = Readonly<{ restores: boolean; posting: Posting | undefined }>;

/** Throws where the two services do not agree on what expired: the message is then a dead letter, and nothing moves. */
export function decideExtension(
  { expired, runOpen, runStands }: ExtendableBatch, extension: BodyOf<typeof BatchExtendedV1>,
): DecidedExtension {
  const { batchId, amountCents, custodyAccountId } = extension;
  if (runOpen) throw new Error(`batch ${batchId} is extended while a run expires it`);
  if (BigInt(amountCents) !== expired) throw new Error(`batch ${batchId} is extended by ${amountCents} cents, of which ${expired} expired`);
  if (amountCents === 0) return { restores: runStands, posting: undefined };
  return {
    restores: true,
    posting: {
      rule: '24', custodyAccountId,
      transfers: [transfer(accounts.clearing('issuance'), accounts.redemption.outstanding(idOf('batch', batchId)), cents(amountCents))],
    },
  };
}
