// What sheets say, in the language of those who get them.
import { dayInWords, type Cents, type LocalDate } from '#libs/kernel';
import type { Cover } from './cover.store.js';

const whole = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });

/** Whole euros without decimals: the figure on a voucher is read from a distance. */
export const euros = (amount: Cents): string => (amount % 100n === 0n ? whole : exact).format(Number(amount) / 100);
export const day = (date: LocalDate): string => dayInWords(date, 'fr');

export const coverTitle = (booklet: string | null): string => (booklet ? `Carnet ${booklet}` : 'Chèques à l’unité');

export function coverLines({ programme, payers, usableUntil, claimableUntil }: Cover): readonly string[] {
  return [
    programme,
    `Financé par ${payers.join(', ')}`,
    `Service à recevoir jusqu’au ${day(usableUntil)} inclus. Le lieu encaisse jusqu’au ${day(claimableUntil)} inclus.`,
  ];
}

export const coverSum = ({ face }: Cover, count: number): string =>
  `${count} ${count > 1 ? 'chèques' : 'chèque'} de ${euros(face)}`;

/** A unit voucher is spent whole, a balance voucher in parts. */
export const voucherKind = ({ kind }: Cover): string => (kind === 'unit' ? 'à utiliser en une fois' : 'à utiliser en plusieurs fois');
export const voucherUntil = ({ usableUntil }: Cover): string => `Valable jusqu’au ${day(usableUntil)}`;
