/** Whether vouchers are activated as soon as money is there, or only those whose delivery was confirmed. */
export const ACTIVATE_ON = ['cover', 'receipt'] as const;
export type ActivateOn = (typeof ACTIVATE_ON)[number];
