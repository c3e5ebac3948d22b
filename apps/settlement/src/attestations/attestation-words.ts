// What an attestation says, in the two languages of its readers.
import type { Frequency } from '../closing-rules/closing-calendar.decision.js';

type Days = Readonly<{ median: number; max: number }>;

export const WORDS = {
  fr: {
    title: 'Attestation de remboursement de chèques', subtitle: 'À l’attention de la régie de recettes et du comptable public assignataire', asOf: 'Établie au',
    operator: 'Opérateur du dispositif', payee: 'Bénéficiaire du virement', siren: 'SIREN', siret: 'SIRET', places: 'Lieux agréés',
    accredited: (programme: string, from: string, to: string) => `agréé pour ${programme}, services du ${from} au ${to}`,
    noAccreditation: 'aucun agrément connu à ce jour', programmes: 'Par programme',
    custody: (name: string, iban: string, bic: string) => `Compte de cantonnement d’où partent les virements : ${name}, IBAN ${iban}, BIC ${bic}.`,
    ends: (usable: string, claimable: string) => `Chèques utilisables jusqu’au ${usable}, demandes de remboursement jusqu’au ${claimable}.`,
    frequency: { weekly: 'chaque semaine', twice_monthly: 'deux fois par mois', monthly: 'chaque mois' } satisfies Record<Frequency, string>,
    rule: (frequency: string, days: number) => `Relevés arrêtés ${frequency} ; délai maximal entre l’encaissement d’un chèque et le débit à la banque : ${days} jours.`,
    minimum: (amount: string, days: number) => `En dessous de ${amount} nets, une somme est reportée à l’arrêté suivant ; délai maximal alors : ${days} jours.`,
    noRule: 'Aucun calendrier publié : chaque arrêté prend toutes les sommes, sans minimum.',
    fee: (fee: string, vat: string, commons: string) => `Commission : ${fee} du brut hors taxes, TVA ${vat} de la commission, fonds commun ${commons} du brut.`,
    example: (gross: string, fee: string, vat: string, commons: string, net: string) => `Pour ${gross} de chèques : commission ${fee}, TVA ${vat}, fonds commun ${commons}, viré ${net}.`,
    noFee: 'Aucun barème de commission n’est en vigueur à cette date.',
    measured: 'Délais constatés', statements: (all: number, paid: number) => `${all} relevés arrêtés, dont ${paid} débités à la banque.`,
    delays: {
      serviceToClosing: ({ median, max }: Days) => `Du service à l’arrêté : médiane ${median} jours, maximum ${max}.`,
      closingToDebit: ({ median, max }: Days) => `De l’arrêté au débit à la banque : médiane ${median} jours, maximum ${max}.`,
      serviceToDebit: ({ median, max }: Days) => `Du service au débit à la banque : médiane ${median} jours, maximum ${max}.`,
    },
    nothingMeasured: 'Aucun relevé n’a encore été débité à la banque.',
    rulesTitle: 'Règles',
    rules: [
      'Les chèques sont remboursés par virement sur le compte du bénéficiaire, jamais échangés contre des espèces, et ne donnent pas lieu à rendu de monnaie.',
      'Chaque relevé porte un numéro unique (stm_…) repris en libellé du virement (MEREAU RELEVE …) ; les relevés d’un bénéficiaire se suivent par numéros de message, sans trou ni recouvrement.',
      'Chaque ligne d’un relevé nomme l’encaissement dont elle vient ; un relevé arrêté n’est jamais modifié, une anomalie est une ligne signée du suivant.',
    ],
    digest: 'Empreinte SHA-256 des faits attestés, lisibles au format JSON à la même adresse :',
  },
  en: {
    title: 'Attestation of how vouchers are reimbursed', subtitle: 'To the revenue office of the public body and its public accountant', asOf: 'As of',
    operator: 'Operator of the scheme', payee: 'Payee', siren: 'SIREN', siret: 'SIRET', places: 'Accredited places',
    accredited: (programme: string, from: string, to: string) => `accredited for ${programme}, services from ${from} to ${to}`,
    noAccreditation: 'no accreditation known to this day', programmes: 'By programme',
    custody: (name: string, iban: string, bic: string) => `Segregated account that payments come from: ${name}, IBAN ${iban}, BIC ${bic}.`,
    ends: (usable: string, claimable: string) => `Vouchers can be used until ${usable} and claimed until ${claimable}.`,
    frequency: { weekly: 'each week', twice_monthly: 'twice a month', monthly: 'each month' } satisfies Record<Frequency, string>,
    rule: (frequency: string, days: number) => `Statements close ${frequency}; at most ${days} days from the redemption of a voucher to the debit at the bank.`,
    minimum: (amount: string, days: number) => `Below ${amount} net, a sum is carried over to the next closing; then at most ${days} days.`,
    noRule: 'No calendar is published: each closing takes all sums, without a minimum.',
    fee: (fee: string, vat: string, commons: string) => `Commission: ${fee} of the gross without tax, VAT ${vat} of the commission, commons ${commons} of the gross.`,
    example: (gross: string, fee: string, vat: string, commons: string, net: string) => `Of ${gross} of vouchers: commission ${fee}, VAT ${vat}, commons ${commons}, paid ${net}.`,
    noFee: 'No fee rule is in force on this day.',
    measured: 'Measured delays', statements: (all: number, paid: number) => `${all} closed statements, ${paid} of them debited at the bank.`,
    delays: {
      serviceToClosing: ({ median, max }: Days) => `From the service to the closing: median ${median} days, maximum ${max}.`,
      closingToDebit: ({ median, max }: Days) => `From the closing to the debit at the bank: median ${median} days, maximum ${max}.`,
      serviceToDebit: ({ median, max }: Days) => `From the service to the debit at the bank: median ${median} days, maximum ${max}.`,
    },
    nothingMeasured: 'No statement has been debited at the bank yet.',
    rulesTitle: 'Rules',
    rules: [
      'Vouchers are reimbursed by transfer to the account of the payee, never exchanged for cash, and no change is given on them.',
      'Each statement has a unique number (stm_…), which the text of its transfer repeats (MEREAU RELEVE …); statements of a payee follow each other by message numbers, without gap or overlap.',
      'Each line of a statement names the redemption that it comes from; a closed statement is never changed, and an incident is a signed line of the next.',
    ],
    digest: 'SHA-256 of the attested facts, which can be read as JSON at the same address:',
  },
} as const;
