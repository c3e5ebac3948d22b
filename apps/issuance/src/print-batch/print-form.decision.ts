// In which forms codes leave.
import type { PrinterKeyId } from '#libs/kernel';

/** `csv`, `json`: lines as they are; `pgp`: the csv encrypted to a printer; `pdf`: sheets; `letters`: what goes with booklets. */
export const PRINT_FORMATS = ['csv', 'json', 'pdf', 'pgp', 'letters'] as const;
export type PrintFormat = (typeof PRINT_FORMATS)[number];
export const LETTER_LANGUAGES = ['fr', 'en'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

export type LetterForm = Readonly<{
  language: LetterLanguage; largePrint: boolean;
  /** INSEE code; null: in the territory of the first payer. */
  commune: string | null;
}>;
/** `printerKeyId` for `pgp`, `letters` for letters, and null otherwise. */
export type PrintForm = Readonly<{ format: PrintFormat; printerKeyId: PrinterKeyId | null; letters: LetterForm | null }>;
