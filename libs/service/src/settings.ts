import type { Keyring } from '#libs/keys';
import type { Clock } from '#libs/kernel';
import type { Mail } from '#libs/mail';
import type { QueueSettings } from '#libs/messaging';
import type { Logger } from 'pino';
import type { CardProcessorSettings } from './card-processor-settings.js';
import type { SellerSettings } from './seller-settings.js';

/** What a service's module is registered with: everything that differs between one process, split services and tests. */
export type ServiceSettings = Readonly<{
  /** Signed in as the service's own role. */
  databaseUrl: string;
  queue: QueueSettings;
  keyring: Keyring;
  clock: Clock;
  /** Where identity answers (its JWKS), e.g. http://127.0.0.1:3000. */
  identityUrl: string;
  /** The public origin, for links, QR codes and cookies. */
  baseUrl: string;
  log: Logger;
  dataDir: string;
  /** Unacknowledged batches go out again after this long; tests shorten it. */
  resendMs: number;
  /** Settlement's: false pays a new payee without anybody having looked at its first claims. Absent is true. */
  holdFirstRemittance?: boolean;
  /** Settlement's: how long a changed bank account of a payee waits before it is paid to. Absent is its own default. */
  coolingOffHours?: number;
  /** Settlement's: above which sum the first runs, or one payment, need two people and their reasons. Absent are its own defaults. */
  firstRunsCeilingCents?: number;
  paymentCeilingCents?: number;
  /** Settlement's: what a fee rule may take of a place's gross in all. Absent is its own default. */
  placeFeeCapBasisPoints?: number;
  /** Settlement's: what the yearly charge to a place may come to, VAT included. Absent is its own default. */
  placeChargeCapCents?: number;
  /** Issuance's: codes leave for a printer only encrypted to its key. Absent is false, as for play money. */
  encryptsPrintFiles?: boolean;
  /** Absent where no card is taken. */
  cardProcessor?: CardProcessorSettings;
  /** Who operates: invoices payers (issuance) and places, and attests how they are paid (settlement). Absent where it is not said. */
  seller?: SellerSettings;
  /** Identity's: how notices go out. Absent in tests that send none: they wait. */
  mail?: Mail;
}>;
