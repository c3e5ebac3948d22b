// What becomes of a payment by Stripe. It only goes forward: asked, then sent or refused, and reversed after it was sent. What was asked
// and called and not answered is neither: it stays asked, nobody else pays it, and Stripe is asked about it until it is known.
import { accounts, transfer, type Posting } from '#libs/ledger';
import { assert, type BankAccountId, type Cents, type PayeeId, type PaymentId } from '#libs/kernel';

export type TransferState = 'asked' | 'sent' | 'refused' | 'reversed';
/** What Stripe says: of our request, of what it finds by our id, or, in its list, that all of it came back. */
export type StripeSays = Readonly<
  | { kind: 'transfer'; transferId: string; movementId: string | undefined; amountCents: Cents; destination: string }
  | { kind: 'rejected'; code: string }
  | { kind: 'reversal'; movementId: string }>;
export type TransferStep = Readonly<
  | { kind: 'sent'; transferId: string; movementId: string | null }
  | { kind: 'refused'; reasonCode: string; blocks: boolean }
  | { kind: 'reversed'; movementId: string }>;
export type AskedTransfer = Readonly<{ paymentId: PaymentId; destination: string; amount: Cents; state: TransferState }>;

/** Refusals that are about the payee's account: nothing else is sent there before two people looked. */
const ABOUT_THE_ACCOUNT = ['destination_closed', 'destination_not_able'];

/** Undefined: nothing changes. What contradicts what we hold for true is a fault, and settles nothing. */
export function decideTransferStep({ paymentId, destination, amount, state }: AskedTransfer, says: StripeSays): TransferStep | undefined {
  if (says.kind === 'reversal') return state === 'sent' ? { kind: 'reversed', movementId: says.movementId } : undefined;
  if (says.kind === 'transfer') {
    assert(state !== 'refused', `payment ${paymentId} was refused, and Stripe made the transfer ${says.transferId} of it`);
    assert(says.amountCents === amount && says.destination === destination, `transfer ${says.transferId} is not what payment ${paymentId} asked for`);
    return state === 'asked' ? { kind: 'sent', transferId: says.transferId, movementId: says.movementId ?? null } : undefined;
  }
  // Not a no of Stripe's but a mistake of ours: whether money left is not known, so nobody else may pay it.
  assert(says.code !== 'idempotency_key_reused', `payment ${paymentId} was asked for in two ways`);
  return state === 'asked' ? { kind: 'refused', reasonCode: says.code, blocks: ABOUT_THE_ACCOUNT.includes(says.code) } : undefined;
}

/** Why a Stripe account is blocked of which a payment came back. */
export const REVERSED = 'transfer_reversed';

type Moved = Readonly<{ paymentId: PaymentId; payeeId: PayeeId; custodyAccountId: BankAccountId; amount: Cents }>;
const ROWS = { sent: '15', refused: '16', reversed: '17' } as const;

/** Rows 15, 16 and 17, as the bank's: out of the balance at Stripe, owed again without having left, back there and owed again. */
export function transferPosting({ paymentId, payeeId, custodyAccountId, amount }: Moved, step: TransferStep['kind']): Posting {
  const { transit, psp, payable } = accounts.settlement;
  const [debit, credit] = {
    sent: [transit(paymentId), psp] as const, refused: [transit(paymentId), payable(payeeId)] as const,
    reversed: [psp, payable(payeeId)] as const,
  }[step];
  return { rule: ROWS[step], custodyAccountId, transfers: [transfer(debit, credit, amount)] };
}
