// What a voucher that was captured without a network may be told besides what every redemption may.
import type { RefusalCatalogue } from '#libs/kernel';

export const OFFLINE = {
  offline_not_allowed: {
    status: 409, retryable: false,
    sentence: 'The programme does not let its vouchers be captured without a network: redeem them online only. The place bears what it rendered for this one.',
  },
  offline_capture_unreadable: {
    status: 409, retryable: false,
    sentence: 'The captured code cannot be opened, or is none: redeem the voucher online if it is still there.',
  },
  offline_capture_in_future: {
    status: 409, retryable: false,
    sentence: 'The voucher was captured later than it is now: set the clock of the device.',
  },
  offline_capture_too_old: {
    status: 409, retryable: false,
    sentence: 'The voucher was captured longer ago than it may wait: redeem it as a late entry if it is still there.',
  },
  offline_cap_reached: {
    status: 409, retryable: false,
    sentence: 'The device captured as many vouchers that day as it may without a network: redeem this one online if it is still there.',
  },
} as const satisfies RefusalCatalogue;
export const OFFLINE_REFUSALS = Object.keys(OFFLINE) as readonly (keyof typeof OFFLINE)[];
