// Where an order stands, in two words: money may arrive before or after vouchers become active, because cover belongs to
// a programme and a payer, and not to an order.
import type { Cents } from '#libs/kernel';

export const FUNDING_STATES = ['awaiting_funds', 'part_funded', 'funded'] as const;
export type FundingState = (typeof FUNDING_STATES)[number];
export const ACTIVATION_STATES = ['inactive', 'part_active', 'active'] as const;
export type ActivationState = (typeof ACTIVATION_STATES)[number];

type Standing = Readonly<{ total: Cents; funded: Cents; activated: Cents }>;

/** Of an order, or of one payer's share of it. */
export const fundingOf = ({ total, funded }: Pick<Standing, 'total' | 'funded'>): FundingState => FUNDING_STATES[third(funded, total)];
export const activationOf = ({ total, activated }: Standing): ActivationState => ACTIVATION_STATES[third(activated, total)];

const third = (part: Cents, total: Cents): 0 | 1 | 2 => (part === total ? 2 : part === 0n ? 0 : 1);
