// Every step, state and gap of a trace in words. A name that is not here is shown as it is: a later version may know more.
export type Language = 'fr' | 'en';
export type Words = Readonly<Record<string, readonly [fr: string, en: string]>>;

export const STEP_WORDS: Words = {
  bank_credit: ['La banque reçoit un virement', 'The bank receives a transfer'], bank_credit_unknown: ['La banque reçoit un virement de nature inconnue', 'The bank receives a transfer of unknown kind'],
  credit_matched: ['Le virement est affecté à une commande', 'The transfer is matched to an order'], card_paid: ['Un paiement par carte est reçu', 'A card payment is received'],
  card_disputed: ['Le paiement par carte est contesté', 'The card payment is disputed'], dispute_closed: ['La contestation est close', 'The dispute is closed'],
  batch_made: ['Un lot de chèques est créé', 'A batch of vouchers is made'], activated: ['Des chèques sont activés', 'Vouchers are activated'],
  received: ['Des chèques sont reçus en stock', 'Vouchers are received into stock'], handed_over: ['Des chèques sont remis', 'Vouchers are handed over'],
  hand_over_returned: ['Une remise est reprise', 'A hand-over is taken back'], given_back: ['Des chèques sont rendus', 'Vouchers are given back'],
  lost: ['Des chèques sont perdus', 'Vouchers are lost'], written_off: ['Des chèques sont passés en perte', 'Vouchers are written off'],
  stopped: ['Des chèques sont bloqués', 'Vouchers are stopped'], replaced: ['Des chèques sont remplacés', 'Vouchers are replaced'],
  expired: ['Des chèques sont périmés', 'Vouchers expire'], redeemed: ['Un chèque est utilisé', 'A voucher is redeemed'], undone: ['L’utilisation est annulée', 'The redemption is undone'],
  held: ['La ligne est retenue', 'The line is held'], released: ['La ligne est libérée', 'The line is released'], rejected: ['La ligne est rejetée', 'The line is rejected'],
  corrected: ['Un indu est constaté', 'What was too much is taken back'], statement_closed: ['Le relevé du lieu est arrêté', 'The statement of the place is closed'],
  fee_invoiced: ['Les frais sont facturés au lieu', 'The fee is invoiced to the place'], payment_debited: ['La banque débite le virement au lieu', 'The bank debits the payment to the place'],
  payment_transferred: ['Stripe transfère le paiement au lieu', 'Stripe transfers the payment to the place'], payment_returned: ['Le virement revient', 'The payment comes back'],
  payment_transfer_reversed: ['Le transfert est repris', 'The transfer is reversed'], payment_rejected: ['La banque rejette le virement', 'The bank rejects the payment'],
  payment_transfer_refused: ['Stripe refuse le transfert', 'Stripe refuses the transfer'], debit_note_issued: ['Un avis de débit est émis', 'A debit note is issued'],
  debit_note_paid: ['L’avis de débit est payé ou compensé', 'The debit note is paid or set off'], debit_note_lost: ['L’avis de débit est abandonné', 'The debit note is given up'],
  invoice_paid: ['La facture d’un lieu est payée ou compensée', 'An invoice to a place is paid or set off'],
  gift_received: ['Les communs reçoivent un don', 'The commons receive a gift'],
  allocation_voted: ['Une attribution des communs est votée', 'The commons vote an allocation'],
  early_set_aside: ['Les communs réservent un acompte sur ce qui est dû', 'The commons set an early payment of what is due aside'],
  early_netted: ['L’acompte est déduit du relevé, les communs le retrouvent', 'The early payment is netted in the statement, and the commons have it back'],
  early_lapsed: ['L’acompte n’a pas été payé à temps, les communs le retrouvent', 'The early payment was not paid in time, and the commons have it back'],
  fees_with_operator: ['Les frais sont chez l’opérateur', 'The fees are with the operator'],
  operator_paid_in: ['L’opérateur verse ce qui manque', 'The operator pays in what is missing'],
  order_ended: ['L’état contradictoire est signé', 'The contradictory statement is signed'], refund_ordered: ['Un remboursement au financeur est ordonné', 'A refund to the payer is ordered'],
  refunded_to_card: ['Le financeur est remboursé sur sa carte', 'The payer is refunded to the card'], refund_failed: ['Le remboursement sur la carte échoue', 'The refund to the card fails'],
  credit_given_back: ['Le virement est rendu', 'The transfer is given back'],
  invoiced: ['La part du financeur est facturée', 'The payer is invoiced for its share'], invoice_credited: ['Un avoir corrige la facture', 'A credit note corrects the invoice'],
  rolled_over: ['Le reste périmé redevient la couverture du financeur', 'What is left is cover of the payer again'],
  extended: ['Les chèques sont prolongés', 'The vouchers are extended'],
  payout_arrived: ['Ce que Stripe détenait arrive à la banque', 'What Stripe held arrives at the bank'], payout_booked: ['Le versement de Stripe est inscrit', 'Stripe’s payout is booked'],
};

export const REACHED_WORDS: Words = {
  undone: ['annulé', 'undone'], held: ['retenu', 'held'], rejected: ['rejeté', 'rejected'], accrued: ['dû, dans aucun relevé', 'owed, in no statement'],
  payable: ['dans un relevé, aucun débit annoncé', 'in a statement, no debit told'], set_off: ['compensé par un avis de débit', 'set off by a debit note'],
  netted: ['déduit de ce que le lieu devait', 'netted against what the place owed'], paid: ['payé', 'paid'], paid_early: ['payé d’avance par un acompte des communs', 'paid early, out of the commons'], returned: ['revenu de la banque', 'came back from the bank'],
  payment_rejected: ['rejeté par la banque', 'rejected by the bank'],
};

export const GAP_WORDS: Words = {
  voucher_not_told: ['aucun événement ne dit quel chèque', 'no event tells which voucher'], batch_not_told: ['aucun événement ne dit quel lot', 'no event tells the batch'],
  activation_not_told: ['aucun événement ne dit l’activation', 'no event tells the activation'], payers_money_not_told: ['aucun événement ne dit l’argent du financeur', 'no event tells the payer’s money'],
  hand_over_not_told: ['aucun événement ne dit la remise', 'no event tells the hand-over'], payee_not_told: ['aucun événement ne dit le bénéficiaire', 'no event tells the payee'],
  statement_ambiguous: ['deux relevés possibles', 'two statements are possible'], not_funded: ['pas financé', 'not funded'], not_minted: ['pas créé', 'not minted'],
  not_activated: ['pas activé', 'not activated'], not_handed_over: ['pas remis', 'not handed over'], not_used: ['pas utilisé', 'not used'],
};

export const inWords = (words: Words, name: string, language: Language): string => words[name]?.[language === 'fr' ? 0 : 1] ?? name;
