// What a debit note says on paper, in the two languages of its readers.
export const NOTE_WORDS = {
  fr: {
    title: 'Note de débit', creditor: 'Créancier', debtor: 'Débiteur', unknown: 'organisme pas encore indiqué', issued: 'Émise le', owed: 'À payer', by: 'Au plus tard le',
    siren: 'SIREN', holder: 'Compte cantonné au nom de', reference: 'Référence à écrire sur le virement',
    why: (since: string) => `Depuis le ${since}, ce qui vous a été payé de trop dépasse ce qui vous est dû. Aucun relevé n’a pu le déduire. `
      + 'Les encaissements ci-dessous, corrigés ou annulés, ne seront déduits d’aucun relevé à venir ; les frais, la TVA et la part du fonds commun '
      + 'que vous aviez supportés sur eux vous sont rendus.',
    columns: ['N°', 'Encaissement', 'Service du', 'Brut', 'Frais HT', 'TVA', 'Commun', 'Net'], correction: 'correction de', total: 'Total',
    pay: 'Comment payer',
    howToPay: 'Par virement SEPA, en une ou plusieurs fois, avec la référence et rien d’autre dans le libellé. Un virement de plus que ce qui reste dû n’est pas pris et vous est rendu.',
    setOff: 'Si un nouveau relevé vous est dû avant le paiement, son net est compensé avec cette note (code civil, articles 1347 et suivants) et le relevé le montre.',
    disagree: 'Si vous n’êtes pas d’accord',
    howToDisagree: (number: string, who: string) => `Écrivez à ${who} avant l’échéance, en citant ${number} et les encaissements que vous contestez. `
      + 'Rien n’est retenu d’un autre compte que celui de vos relevés, et vous pouvez saisir le juge.',
    operator: 'l’opérateur du dispositif', digest: 'Empreinte SHA-256 de la note :', page: (page: number) => `page ${page}`,
  },
  en: {
    title: 'Debit note', creditor: 'Creditor', debtor: 'Debtor', unknown: 'body not known yet', issued: 'Issued on', owed: 'To be paid', by: 'No later than',
    siren: 'SIREN', holder: 'Custody account in the name of', reference: 'Reference to write on the transfer',
    why: (since: string) => `Since ${since}, what was paid to you in excess has been more than what you are owed. No statement could deduct it. `
      + 'The redemptions below, corrected or undone, will be deducted from no statement to come; the fees, VAT and commons share that you had borne on '
      + 'them are given back to you.',
    columns: ['No.', 'Redemption', 'Service on', 'Gross', 'Fee', 'VAT', 'Commons', 'Net'], correction: 'correction of', total: 'Total',
    pay: 'How to pay',
    howToPay: 'By SEPA transfer, at once or in parts, with the reference and nothing else as its text. A transfer of more than what is left is not taken and comes back to you.',
    setOff: 'If a new statement is owed to you before you have paid, its net is set off against this note (code civil, articles 1347 and following), and the statement shows it.',
    disagree: 'If you disagree',
    howToDisagree: (number: string, who: string) => `Write to ${who} before the due day, naming ${number} and the redemptions that you dispute. `
      + 'Nothing is kept from any account but that of your statements, and you may go to court.',
    operator: 'the operator of the scheme', digest: 'SHA-256 of the note:', page: (page: number) => `page ${page}`,
  },
} as const;
