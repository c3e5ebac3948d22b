// What becomes of vouchers, as somebody would work it out with pencil and paper who has read the documents and not the code.
// It shares no line with the service: it says which answer each request should get, and what is left.

export const FACE = 1_000;
/** The last day for claims of every voucher here; services are all of this day, and all of it is in Paris, in March. */
export const LAST_DAY = '2026-03-12';
const LAST_INSTANT = Date.parse('2026-03-12T23:00:00Z');
const OVER_EVERYWHERE = Date.parse('2026-03-13T12:00:00Z');
const MINUTE = 60_000;
/** When all that is captured without a network was captured; it may be brought for 72 hours from there. */
export const CAPTURED_AT = Date.parse('2026-03-10T11:00:00Z');
const BROUGHT_UNTIL = CAPTURED_AT + 72 * 60 * MINUTE;

export type ModelVoucher = {
  kind: 'unit' | 'balance'; left: number; lost: number; stopped: boolean; frozen: boolean; hold: { by: ModelAuthorisation; until: number } | undefined;
};
export type ModelAuthorisation = { voucher: ModelVoucher; place: number; amount: number; took: number | undefined; cancelled: boolean };
export type ModelRedemption = { voucher: ModelVoucher; place: number; amount: number; at: number; undone: boolean };

export class VoucherModel {
  readonly vouchers: ModelVoucher[] = (['unit', 'balance'] as const).map((kind) =>
    ({ kind, left: FACE, lost: 0, stopped: false, frozen: false, hold: undefined }));
  readonly authorisations: ModelAuthorisation[] = [];
  readonly redemptions: ModelRedemption[] = [];

  constructor(public now: number) {}

  held(voucher: ModelVoucher): number {
    return voucher.hold && this.now < voucher.hold.until ? voucher.hold.by.amount : 0;
  }

  /** Undefined: it would be taken. `own` is the authorisation that is being confirmed. */
  refusal(voucher: ModelVoucher, amount: number | undefined, own?: ModelAuthorisation): string | undefined {
    const { kind, left, lost } = voucher;
    const asked = amount ?? (kind === 'unit' ? FACE : undefined);
    const held = voucher.hold?.by === own ? 0 : this.held(voucher);
    if (voucher.stopped) return 'voucher_stopped';
    if (kind === 'unit' && left === 0 && lost === 0) return 'voucher_used';
    if (voucher.frozen) return 'voucher_frozen';
    if (this.now >= LAST_INSTANT) return 'claim_too_late';
    if (asked === undefined) return 'amount_missing';
    if (kind === 'unit' && asked !== FACE) return 'amount_not_face';
    if (asked > left) return 'voucher_balance_too_low';
    return asked > left - held ? 'voucher_held' : undefined;
  }

  check(voucher: ModelVoucher, amount: number | undefined): string | undefined {
    return this.refusal(voucher, amount ?? (voucher.kind === 'unit' ? FACE : 1));
  }

  redeem(voucher: ModelVoucher, amount: number | undefined, place: number): string | undefined {
    const refused = this.refusal(voucher, amount);
    if (!refused) this.take(voucher, amount ?? FACE, place);
    return refused;
  }

  /** What was captured without a network is redeemed when it comes, if it comes in time. */
  bring(voucher: ModelVoucher, amount: number | undefined, place: number): string | undefined {
    return this.now > BROUGHT_UNTIL ? 'offline_capture_too_old' : this.redeem(voucher, amount, place);
  }

  authorise(voucher: ModelVoucher, amount: number | undefined, { place, minutes }: { place: number; minutes: number }): string | undefined {
    const refused = this.refusal(voucher, amount) ?? (this.held(voucher) > 0 ? 'voucher_held' : undefined);
    if (refused) return refused;
    const by = { voucher, place, amount: amount ?? FACE, took: undefined, cancelled: false };
    this.authorisations.push(by);
    voucher.hold = { by, until: this.now + minutes * MINUTE };
    return undefined;
  }

  confirm(own: ModelAuthorisation, amount: number | undefined, place: number): string | undefined {
    const asked = amount ?? own.amount;
    if (place !== own.place) return 'authorisation_not_found';
    if (own.took !== undefined) return own.took === asked ? undefined : 'authorisation_confirmed';
    if (own.cancelled) return 'authorisation_cancelled';
    if (asked > own.amount) return 'amount_over_authorised';
    const refused = this.refusal(own.voucher, asked, own);
    if (refused) return refused;
    if (own.voucher.hold?.by === own) own.voucher.hold = undefined;
    own.took = asked;
    this.take(own.voucher, asked, place);
    return undefined;
  }

  cancel(own: ModelAuthorisation, place: number): string | undefined {
    if (place !== own.place) return 'authorisation_not_found';
    if (own.took !== undefined) return 'authorisation_confirmed';
    own.cancelled = true;
    if (own.voucher.hold?.by === own) own.voucher.hold = undefined;
    return undefined;
  }

  /** `by` is a place's till, or the operator. */
  undo(redemption: ModelRedemption, by: number | 'operator'): string | undefined {
    if (by !== 'operator' && by !== redemption.place) return 'redemption_not_found';
    if (redemption.undone) return 'redemption_undone';
    if (by !== 'operator' && this.now > redemption.at + 15 * MINUTE) return 'undo_too_late';
    if (this.now >= LAST_INSTANT) return 'undo_too_late';
    redemption.undone = true;
    redemption.voucher.left += redemption.amount;
    return undefined;
  }

  canExpire(): boolean {
    return this.now >= OVER_EVERYWHERE;
  }

  expire(voucher: ModelVoucher): void {
    voucher.lost += voucher.left;
    voucher.left = 0;
    voucher.hold = undefined;
  }

  private take(voucher: ModelVoucher, amount: number, place: number): void {
    voucher.left -= amount;
    this.redemptions.push({ voucher, place, amount, at: this.now, undone: false });
  }
}
