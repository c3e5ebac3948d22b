// The made-up people and places of the demo and of a new installation. Numbers are well-formed and belong to nobody:
// a SIREN that begins with 000 was never given out, and no bank has the code 99999.

/** Completes digits with the one that makes Luhn's sum a multiple of ten, as INSEE does. */
function withLuhn(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

export const sirenOf = (number: number): string => withLuhn(`000${String(number).padStart(5, '0')}`);
export const siretOf = (siren: string): string => withLuhn(`${siren}0001`);

const letters = (text: string): string => text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));

/** A French IBAN with its RIB key and check digits, at a bank that does not exist. */
export function ibanOf(number: number): string {
  const [bank, branch, account] = [99999n, 1n, BigInt(number)];
  const key = 97n - ((89n * bank + 15n * branch + 3n * account) % 97n);
  const bban = `${bank}${String(branch).padStart(5, '0')}${String(account).padStart(11, '0')}${String(key).padStart(2, '0')}`;
  const check = 98n - (BigInt(`${bban}${letters('FR')}00`) % 97n);
  return `FR${String(check).padStart(2, '0')}${bban}`;
}

export const BIC = 'MREUFRPPXXX';

export const CUSTODY = { name: 'Compte cantonné Méreau', iban: ibanOf(1), bic: BIC } as const;

export const PROGRAMME = { name: 'Numérique pour tous', faceCents: 1000, offline: true } as const;

/** Of vouchers for two services only, and for half as much again at once as one of them holds. */
export const SECOND_RULES = {
  services: ['administrative_steps', 'everyday_tools'], limits: { redemptionCentsMax: 1500 },
} as const;

export const PAYER = { name: 'Communauté de communes du Val Tilleul', siren: sirenOf(101), iban: ibanOf(101) } as const;

/** Who funds with the first one, where two do. */
export const SECOND_PAYER = { name: 'Département du Haut Tilleul', siren: sirenOf(102), iban: ibanOf(102) } as const;

export type SamplePlace = Readonly<{ name: string; legalName: string; siren: string; siret: string; timeZone: string; iban: string }>;

const place = (number: number, name: string, legalName: string, timeZone = 'Europe/Paris'): SamplePlace => {
  const siren = sirenOf(number);
  return { name, legalName, siren, siret: siretOf(siren), timeZone, iban: ibanOf(1000 + number) };
};

export const PLACES: readonly SamplePlace[] = [
  place(201, 'Médiathèque des Tilleuls', 'Commune de Tilleul-le-Haut'),
  place(202, 'Fabrique du Pont', 'Association La Fabrique du Pont'),
];

/** Another account for a place whose bank sent the money back. */
export const SECOND_IBAN = ibanOf(2202);

export type SamplePerson = Readonly<{ name: string; email: string }>;
const person = (name: string, mailbox: string): SamplePerson => ({ name, email: `${mailbox}@mereau.example` });

/** The people of an operator and of its auditor, by what they do. */
export type PlayPeople = Readonly<Record<'operator' | 'checker' | 'approver' | 'deputy' | 'auditor', SamplePerson>>;

export const PEOPLE = {
  operator: person('Camille Roux', 'camille.roux'),
  checker: person('Ines Morel', 'ines.morel'),
  approver: person('Samuel Girard', 'samuel.girard'),
  deputy: person('Lucie Perrin', 'lucie.perrin'),
  auditor: person('Hélène Faure', 'helene.faure'),
  payer: person('Nadia Benali', 'nadia.benali'),
  secondPayer: person('Yann Le Goff', 'yann.legoff'),
  tills: [person('Léo Chartier', 'leo.chartier'), person('Awa Diop', 'awa.diop')],
} as const;
