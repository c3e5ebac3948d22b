// An undoing may come before the redemption that it undoes. It then waits, and is handled, as the message that it is and
// under its own event id, by whoever brings the redemption.
import { RedemptionUndoneV1 } from '#libs/contracts';
import { assert, idOf } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockPayeeOfPlace, payeeOfPlace } from '../payees/payee.store.js';
import type { Undone } from './undo-claim-line.command.js';
import { reversalOf } from './undo-claim-line.decision.js';
import { insertUndoingLine, parkUndo, takeParkedUndo } from './undoing-line.store.js';

export async function undoClaimLine(tx: Tx, fact: Undone): Promise<void> {
  // A claim line holds its place's row. With that row locked, the line is here, or comes after we have parked.
  const placeId = idOf('place', fact.placeId);
  await payeeOfPlace(tx, placeId);
  await lockPayeeOfPlace(tx, placeId);
  if (await undoNow(tx, fact)) return;
  const { message } = tx.origin;
  assert(message, 'only a message can wait for its redemption');
  await parkUndo(tx, fact.redemptionId, message);
}

/** Called after the redemption's line was inserted, and so with its place's row held. */
export async function resumeUndo(tx: Tx, redemptionId: string): Promise<void> {
  const message = await takeParkedUndo(tx, redemptionId);
  if (!message) return;
  const inner = tx.as({ actor: message.actor, correlationId: message.correlationId, causationId: message.id, message });
  assert(await undoNow(inner, RedemptionUndoneV1.schema.parse(message.body)), `redemption ${redemptionId} has no line to undo`);
  tx.keep(inner);
}

/** False when the redemption has not been heard of. */
async function undoNow(tx: Tx, fact: Undone): Promise<boolean> {
  const { message } = tx.origin;
  assert(message, 'a redemption is undone by a message');
  const line = await insertUndoingLine(tx, fact.redemptionId, message);
  if (!line) return false;
  assert(
    line.gross === -BigInt(fact.amountCents) && line.placeId === fact.placeId,
    `redemption ${fact.redemptionId} was redeemed and undone with different content`,
  );
  await tx.postTaken(reversalOf(fact, line.payeeId));
  return true;
}
