// What is said of a fee rule that changes what places of a programme are paid: what, from when, on an example of 100 euros, and what
// a place can do that does not agree.
import { cents, dayInWords, rateOf, type Cents, type LocalDate } from '#libs/kernel';
import type { FeeRates, Language } from './notice.decision.js';

export type FeeNoticeFacts = Readonly<{
  name: 'fee_rule_changed'; programmeName: string; feeFrom: LocalDate; feeRates: Readonly<{ before: FeeRates; after: FeeRates }>;
}>;
type Words = Readonly<{ subject: string; text: string }>;

const EXAMPLE = cents(100_00);
const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

type Parts = Readonly<{ fee: Cents; vat: Cents; commons: Cents; net: Cents }>;

/** As a statement would share a gross of 100 euros. */
export function exampleOf({ feeBasisPoints, vatBasisPoints, commonsBasisPoints }: FeeRates): Parts {
  const fee = rateOf(EXAMPLE, feeBasisPoints);
  const [vat, commons] = [rateOf(fee, vatBasisPoints), rateOf(EXAMPLE, commonsBasisPoints)];
  return { fee, vat, commons, net: cents(EXAMPLE - fee - vat - commons) };
}

/** `programme` is its name as it may stand in a header. */
export function feeNoticeWords({ feeFrom, feeRates }: FeeNoticeFacts, programme: string, language: Language): Words {
  const say = language === 'fr' ? french : english;
  const locale = LOCALES[language];
  const euros = (amount: Cents) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(Number(amount) / 100);
  const from = dayInWords(feeFrom, language);
  const [before, after] = [exampleOf(feeRates.before), exampleOf(feeRates.after)];
  return say({
    programme, from, isDearer: after.net < before.net, before: inEuros(before, euros), after: inEuros(after, euros), whole: euros(EXAMPLE),
  });
}

const inEuros = ({ fee, vat, commons, net }: Parts, euros: (amount: Cents) => string) =>
  ({ fee: euros(fee), vat: euros(vat), commons: euros(commons), net: euros(net) });
type InEuros = ReturnType<typeof inEuros>;
type Say = (facts: Readonly<{
  programme: string; from: string; isDearer: boolean; before: InEuros; after: InEuros; whole: string;
}>) => Words;

const french: Say = ({ programme, from, isDearer, before, after, whole }) => ({
  subject: `${programme} : les frais changent le ${from}`,
  text: [
    `Les frais retenus sur vos encaissements de chèques « ${programme} » changent à partir du ${from}. Ce qui est encaissé jusque-là garde le barème d’aujourd’hui.`,
    `Pour ${whole} de chèques encaissés :\n`
      + `- aujourd’hui : frais ${before.fee} HT, TVA ${before.vat}, fonds commun ${before.commons} ; il vous revient ${before.net} ;\n`
      + `- à partir du ${from} : frais ${after.fee} HT, TVA ${after.vat}, fonds commun ${after.commons} ; il vous revient ${after.net}.`,
    ...(isDearer ? ['Si cela ne vous convient pas, vous pouvez quitter le programme avant cette date, sans frais et par vous-même : dans votre espace, page Agrément. '
      + 'Ce que vous avez encaissé vous est payé dans tous les cas.'] : []),
    'Tous les barèmes, anciens et à venir, se lisent dans votre espace.',
  ].join('\n\n'),
});

const english: Say = ({ programme, from, isDearer, before, after, whole }) => ({
  subject: `${programme}: fees change on ${from}`,
  text: [
    `The fees kept of what you redeem of "${programme}" change from ${from} on. What is redeemed before keeps today's rule.`,
    `Of ${whole} of redeemed vouchers:\n`
      + `- today: fee ${before.fee} without VAT, VAT ${before.vat}, commons ${before.commons}; ${before.net} are yours;\n`
      + `- from ${from} on: fee ${after.fee} without VAT, VAT ${after.vat}, commons ${after.commons}; ${after.net} are yours.`,
    ...(isDearer ? ['If you do not agree, you can leave the programme before that day, free of charge and by yourself: on your pages, under Accreditation. '
      + 'What you redeemed is paid to you in any case.'] : []),
    'All rules, earlier ones and those to come, can be read on your page.',
  ].join('\n\n'),
});
