// The noise of a bank statement, drawn from a seed: the same seed gives the same day.
import { createHash } from 'node:crypto';
import { orderReference } from '#libs/contracts';
import { cents } from '#libs/kernel';
import type { Cents } from '#libs/kernel';
import { fakeIban } from './fake-iban.js';
import type { FakeParty } from './statement.js';

/** A stranger's money; a payer's with check digits that are wrong; a payer's with a right reference of no order of ours. */
export type Noise = Readonly<{ strangerCents: Cents; mistypedCents: Cents; wrongCents: Cents }>;
type Drawn = Noise & Readonly<{ stranger: FakeParty; payer: FakeParty; reference: string }>;

const STRANGERS = ['BOULANGERIE DU MARCHE', 'GARAGE DU PONT', 'SYNDIC LES TILLEULS', 'CAISSE DES ECOLES'];
const PAYERS = ['M DURAND', 'CCAS DE HAUTE RIVE', 'ASSOCIATION DU QUAI', 'MAIRIE DE VAL FLEURI'];

export function drawNoise(seed: string): Drawn {
  const hex = createHash('sha256').update(`noise:${seed}`).digest('hex');
  const draw = (at: number, below: number) => Number.parseInt(hex.slice(at * 6, at * 6 + 6), 16) % below;
  const pick = (names: readonly string[], at: number, account: number): FakeParty =>
    ({ name: names[draw(at, names.length)]!, iban: fakeIban(account + draw(at, 40)) });
  return {
    stranger: pick(STRANGERS, 0, 500), payer: pick(PAYERS, 1, 600),
    strangerCents: cents(100 + draw(2, 90_000)), mistypedCents: cents(1_000 + draw(3, 90_000)), wrongCents: cents(1_000 + draw(4, 90_000)),
    // Of a uuid that no order has: as if it were meant for another installation.
    reference: orderReference(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`),
  };
}

/**
 * Two neighbours exchanged, as people do: the check digits no longer fit. Two digits or two letters: a letter counts as two digits, so that
 * `1B` and `B1` are the same number.
 */
export function mistyped(reference: string): string {
  for (let at = reference.length - 1; at > 7; at -= 1) {
    const [before, last] = [reference[at - 1]!, reference[at]!];
    if (before !== last && isDigit(before) === isDigit(last)) return reference.slice(0, at - 1) + last + before + reference.slice(at + 1);
  }
  return reference.slice(0, -1) + (reference.endsWith('0') ? '1' : '0');
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';
