// What places write of their prices, in French, read as far as it is sure: amounts with what they are for. What is not
// understood stays unknown; a wrong price would be worse than none. Pure.
import { cents, type Cents } from '#libs/kernel';

export const PRICE_UNITS = ['hour', 'half_hour', 'session', 'page', 'day', 'month', 'year', 'course'] as const;
export type PriceUnit = (typeof PRICE_UNITS)[number];
export const PRICE_KINDS = ['free', 'price', 'membership', 'paid'] as const;

export type PriceStatement = Readonly<{
  /** `paid`: it costs something, and nobody says how much. */
  kind: (typeof PRICE_KINDS)[number];
  /** Both the same but for a range; null where there is no amount. */
  min: Cents | null; max: Cents | null;
  /** Null: the text does not say what the amount is for. */
  unit: PriceUnit | null;
  beforeTax: boolean;
  /** The words that it was read from: for whom, when, under which condition. */
  words: string;
}>;

export const PRICE_OUTCOMES = ['understood', 'understood_in_part', 'not_understood'] as const;
export type PriceOutcome = (typeof PRICE_OUTCOMES)[number];
export type PriceReading = Readonly<{ outcome: PriceOutcome; statements: readonly PriceStatement[] }>;

/** Above it, an amount is a budget and no price. */
const PRICE_CENTS_MAX = 1_000_000n;
const NUMBER = String.raw`(?<![\d.,])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,6})(?:[.,]\d{1,2})?`;
const EURO = String.raw`\s*(?:€|euros?\b|eur\b|euro(?=\d))`;
const AMOUNT = new RegExp(String.raw`(${NUMBER})(?:${EURO})?\s*(?:à|a|et|-|–)\s*(${NUMBER})${EURO}|(${NUMBER})${EURO}(\d{2}(?!\d))?`, 'giu');
const FREE = /(?:^|[:,/(]\s*|\b(?:est|sont|sera|seront|entièrement|totalement)\s+)gratuit(?:e|s|es)?(?![\p{L}])/iu;
const UNREAD = /€|euros?\b|(?<!\p{L})cts?\b|centimes?|\btarifs?\b|\bpayant/iu;
const MEMBERSHIP = /adh[ée]sion|cotisation|abonnement|inscription/iu;
const UNITS: readonly (readonly [PriceUnit, RegExp])[] = [
  ['half_hour', /(?:1\/2|demi)[ -]?heure|30\s*min/iu], ['course', /\bcycle\b|\bstage\b|\bformation\b/iu],
  ['session', /s[ée]ance|atelier|rendez-vous|\brdv\b/iu], ['hour', /heure|\/\s*h\b|\b1\s*h\b/iu], ['page', /feuille|\bpage|copie|impression/iu],
  ['day', /journ[ée]e|\bjour\b/iu], ['month', /\bmois\b|mensuel/iu], ['year', /\ban\b|ann[ée]e|annuel/iu],
];

export function readPriceText(text: string): PriceReading {
  const clauses = clausesOf(text);
  const read = clauses.map((clause) => ({ clause, statements: statementsOf(clause) }));
  const statements = read.flatMap((one) => one.statements);
  if (statements.length === 0) return { outcome: 'not_understood', statements };
  const whole = read.every(({ clause, statements: own }) => isCovered(clause, own)) && statements.every(({ kind }) => kind !== 'paid');
  return { outcome: whole ? 'understood' : 'understood_in_part', statements };
}

/** Lines and sentences; a point between digits ends none. */
const clausesOf = (text: string): string[] => text.replace(/<[^>]{0,200}>/gu, '\n').split(/\r?\n|;|\.(?!\d)|\bpuis\b|\bsinon\b/iu)
  .map((clause) => clause.replace(/\s+/gu, ' ').replace(/^[\s*•-]+/u, '').trim()).filter((clause) => clause !== '');

function statementsOf(clause: string): PriceStatement[] {
  const found = [...clause.matchAll(AMOUNT)];
  const amounts = found.flatMap((match, at) => {
    const after = clause.slice(match.index + match[0].length, found[at + 1]?.index);
    const before = clause.slice(at === 0 ? 0 : found[at - 1]!.index + found[at - 1]![0].length, match.index);
    const statement = amountOf(match, { before, after, clause });
    return statement ? [statement] : [];
  });
  if (FREE.test(clause)) return [...amounts, { kind: 'free', min: null, max: null, unit: null, beforeTax: false, words: clause }];
  if (amounts.length === 0 && /^payant/iu.test(clause)) {
    return [{ kind: 'paid', min: null, max: null, unit: null, beforeTax: false, words: clause }];
  }
  return amounts;
}

type Around = Readonly<{ before: string; after: string; clause: string }>;

function amountOf([, low, high, single, trailing]: RegExpMatchArray, { before, after, clause }: Around): PriceStatement | undefined {
  const min = centsIn(single === undefined ? low! : `${single}${trailing ? `.${trailing}` : ''}`);
  const max = single === undefined ? centsIn(high!) : min;
  if (min === undefined || max === undefined || min > max || max > PRICE_CENTS_MAX) return undefined;
  // What stands behind an amount up to the next comma says what it is for; else what stands before it.
  const behind = after.split(/,|\(|\bou\b/iu)[0]!;
  const unit = unitIn(behind) ?? unitIn(before);
  const membership = MEMBERSHIP.test(behind) || (MEMBERSHIP.test(before) && !(unit === 'session' || unit === 'hour'));
  return { kind: membership ? 'membership' : 'price', min, max, unit, beforeTax: /^\s*HT\b/u.test(after), words: clause };
}

const unitIn = (words: string): PriceUnit | null => UNITS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;

/** `21.30`, `9,70`, `1 200`; undefined for what has more than two decimals in some reading. */
function centsIn(number: string): Cents | undefined {
  const [whole = '', decimals = ''] = number.replace(/[ \u00a0\u202f]/gu, '').split(/[.,]/u);
  return /^\d+$/u.test(whole) ? cents(BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))) : undefined;
}

/** Nothing in the clause speaks of money but what was read. */
function isCovered(clause: string, statements: readonly PriceStatement[]): boolean {
  const left = clause.replaceAll(AMOUNT, ' ');
  const amountCount = [...clause.matchAll(AMOUNT)].length;
  return statements.filter(({ min }) => min !== null).length === amountCount && (!UNREAD.test(left) || /^tarifs?\s*:/iu.test(left));
}

export type PriceReport = Readonly<Record<PriceOutcome, number>>;

export function reportOf(readings: readonly PriceReading[]): PriceReport {
  const count = (outcome: PriceOutcome) => readings.filter((reading) => reading.outcome === outcome).length;
  return { understood: count('understood'), understood_in_part: count('understood_in_part'), not_understood: count('not_understood') };
}
