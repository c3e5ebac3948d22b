// What happened, in the words of an accountant, by the row of the table of postings (docs/accounts.md).
const TEXTS: Readonly<Record<string, string>> = {
  1: 'Facture de frais au financeur', 2: 'Virement d\'un financeur', '2b': 'Encaissement de nature inconnue', 3: 'Encaissement affecté à une commande',
  '3b': 'Encaissement à rendre', 4: 'Paiement par carte', 5: 'Prestataire de paiement', 6: 'Activation de chèques', 7: 'Utilisation d\'un chèque',
  8: 'Utilisation annulée', '8b': 'Utilisation annulée après péremption', 9: 'Chèque remplacé', 10: 'Ligne retenue ou libérée', 11: 'Ligne rejetée',
  12: 'Relevé d\'un lieu', 13: 'Frais facturés à un lieu', 14: 'Ordre de virement émis', 15: 'Virement débité ou transféré', 16: 'Virement rejeté', 17: 'Virement retourné',
  18: 'Frais bancaires', 19: 'Indu constaté', 20: 'Avis de débit', 21: 'Geste commercial', 22: 'Chèques périmés', 23: 'État contradictoire signé',
  24: 'Validité prolongée', 25: 'Couverture redemandée', 26: 'Remboursement d\'un financeur', 27: 'Don à la caisse commune', 28: 'Dotation votée',
  29: 'Acompte versé à un lieu', 30: 'Paiement contesté', 31: 'Créance perdue', 32: 'Frais prélevés par l\'opérateur', 33: 'Apport de l\'opérateur',
};

export const entryText = (rule: string, type: string): string => `${TEXTS[rule] ?? 'Écriture'} (${type.replace(/\.v\d+$/, '')})`;
