// May this redemption be taken back, and what follows? Pure: it is handed what was read under the lock of its voucher and
// with its period held open.
import type { BodyOf, RedemptionUndoneV1 } from '#libs/contracts';
import {
  isRejected, plus, reject, toWire,
  type BatchId, type Cents, type DeviceId, type PlaceId, type ProgrammeId, type RedemptionId, type Rejected, type VoucherId,
} from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { RefusalCode } from '../refusals.js';

/**
 * A till and a manager undo what their own place redeemed; the operator what any place did. `deviceId`: whose signature the request of
 * the till carried.
 */
export type UndoneBy =
  | Readonly<{ kind: 'till'; placeId: PlaceId; deviceId?: DeviceId }>
  | Readonly<{ kind: 'manager'; placeId: PlaceId }>
  | Readonly<{ kind: 'operator' }>;
export type UndoReason = BodyOf<typeof RedemptionUndoneV1>['reason'];

export type Undoable = Readonly<{
  redemptionId: RedemptionId;
  voucherId: VoucherId;
  batchId: BatchId;
  voucherIndex: number;
  programmeId: ProgrammeId;
  placeId: PlaceId;
  amount: Cents;
  redeemedAt: Date;
  custodyAccountId: string;
  /** What is left on the voucher now. */
  balance: Cents;
  undone: boolean;
  /** Settlement was told a total with this redemption in it. */
  periodClosed: boolean;
  /** Its last claim day is over at the site: from here on an expiry run may pass, or has passed. */
  expired: boolean;
  replaced: boolean;
}>;

export type Asked = Readonly<{ by: UndoneBy; reason: UndoReason; at: Date; /** For how long it is a till's to undo. */ windowMs: number }>;
export type Undone = Readonly<{ kind: 'undone'; of: Undoable; balanceAfter: Cents; posting: Posting; event: BodyOf<typeof RedemptionUndoneV1> }>;

export function decideUndo(found: Undoable | undefined, { by, reason, at, windowMs }: Asked): Undone | Rejected<RefusalCode> {
  // What another place redeemed does not exist for a place.
  if (!found || (by.kind !== 'operator' && by.placeId !== found.placeId)) return reject('redemption_not_found');
  if (found.undone) return reject('redemption_undone');
  if (found.periodClosed) return reject('undo_too_late', { because: 'period_closed' });
  const until = new Date(found.redeemedAt.getTime() + windowMs);
  if (by.kind === 'till' && at > until) return reject('undo_too_late', { because: 'window_over', until: until.toISOString() });
  // What came back to a voucher behind an expiry run would stay on it for ever: that is row 8b, and not here.
  if (found.expired) return reject('undo_too_late', { because: 'voucher_expired' });
  if (found.replaced) return reject('voucher_replaced');
  return { kind: 'undone', of: found, balanceAfter: plus(found.balance, found.amount), posting: postingOf(found), event: eventOf(found, reason) };
}

/** All vouchers of a participation or none: what was paid for as one is taken back as one. The one that was asked for comes first. */
export function decideUndoTogether(found: readonly Undoable[], asked: Asked): readonly Undone[] | Rejected<RefusalCode> {
  const decided: Undone[] = [];
  for (const one of found.length > 0 ? found : [undefined]) {
    const outcome = decideUndo(one, asked);
    if (isRejected(outcome)) return outcome;
    decided.push(outcome);
  }
  return decided;
}

/** Row 8: what settlement owed to the place is owed to the holder again. */
const postingOf = ({ redemptionId, batchId, custodyAccountId, amount }: Undoable): Posting => ({
  rule: '8', custodyAccountId,
  transfers: [transfer(
    accounts.clearing('settlement'), accounts.redemption.outstanding(batchId), amount, { eventId: redemptionId, line: 0 },
  )],
});

const eventOf = (found: Undoable, reason: UndoReason): Undone['event'] => ({
  redemptionId: found.redemptionId, voucherId: found.voucherId, programmeId: found.programmeId, batchId: found.batchId,
  placeId: found.placeId, amountCents: toWire(found.amount), currency: 'EUR', custodyAccountId: found.custodyAccountId,
  voucherIndex: found.voucherIndex, reason,
  to: 'balance',
});
