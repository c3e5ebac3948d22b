// What is said of a yearly charge that begins, changes or ends: what a year costs, from which day, that it is owed whole, and that who
// leaves before its day owes nothing.
import { cents, dayInWords, rateOf, type LocalDate } from '#libs/kernel';
import type { ChargeTerms, Language } from './notice.decision.js';

export type ChargeNoticeFacts = Readonly<{
  name: 'place_charge_changed'; chargeFrom: LocalDate; chargeTerms: Readonly<{ before: ChargeTerms | null; after: ChargeTerms }>;
}>;
type Words = Readonly<{ subject: string; text: string }>;
const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

export function chargeNoticeWords({ chargeFrom, chargeTerms }: ChargeNoticeFacts, language: Language): Words {
  const locale = LOCALES[language];
  const euros = (amountCents: number) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(amountCents / 100);
  const from = dayInWords(chargeFrom, language);
  const yearly = ({ amountCents, vatBasisPoints }: ChargeTerms) =>
    ({ net: euros(amountCents), vat: euros(Number(rateOf(cents(amountCents), vatBasisPoints))) });
  const { before, after } = chargeTerms;
  const facts = { from, before: before && yearly(before), after: after.amountCents > 0 ? yearly(after) : null };
  return language === 'fr' ? french(facts) : english(facts);
}

type Yearly = Readonly<{ net: string; vat: string }>;
type Facts = Readonly<{ from: string; before: Yearly | null; after: Yearly | null }>;

function french({ from, before, after }: Facts): Words {
  const now = before ? `Aujourd’hui : ${before.net} HT par an, TVA ${before.vat}.` : 'Aujourd’hui, rien n’est demandé par an.';
  if (!after) return { subject: `Frais annuels : fin le ${from}`, text: `Plus aucuns frais annuels ne vous sont demandés à partir du ${from}. ${now}` };
  return {
    subject: `Frais annuels à partir du ${from}`,
    text: [
      `Des frais annuels de ${after.net} HT, TVA ${after.vat}, sont dus le ${from}, puis le même jour de chaque année, une fois par organisme quel que soit le nombre de ses lieux. ${now}`,
      'Ils sont dus en entier par qui peut encaisser des chèques ce jour-là, jamais au prorata. Si vous avez accepté la compensation, ils sont pris sur vos prochains relevés ; sinon, une facture vous parvient.',
      `Si cela ne vous convient pas, vous pouvez quitter avant le ${from}, sans frais et par vous-même : dites-le la veille au plus tard, dans votre espace, page Agrément, pour tous vos programmes et tous vos lieux, et rien ne vous est demandé. Ce que vous avez encaissé vous est payé dans tous les cas.`,
    ].join('\n\n'),
  };
}

function english({ from, before, after }: Facts): Words {
  const now = before ? `Today: ${before.net} a year without VAT, VAT ${before.vat}.` : 'Today nothing is asked for a year.';
  if (!after) return { subject: `Yearly charge: ends on ${from}`, text: `No yearly charge is asked of you from ${from} on. ${now}` };
  return {
    subject: `A yearly charge from ${from} on`,
    text: [
      `A yearly charge of ${after.net} without VAT, VAT ${after.vat}, is owed on ${from} and on the same day of each later year, once per organisation, however many places it has. ${now}`,
      'It is owed whole by who can take vouchers on that day, never in part. If you accepted netting it is taken of your next statements; otherwise you get an invoice.',
      `If you do not agree, you can leave before ${from}, free of charge and by yourself: say so on the evening before at the latest, on your pages, under Accreditation, for all your programmes and places, and nothing is asked of you. What you redeemed is paid to you in any case.`,
    ].join('\n\n'),
  };
}
