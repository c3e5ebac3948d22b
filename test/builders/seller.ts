import type { SellerSettings } from '#libs/service';

/** Who invoices in specs. */
export const SELLER: SellerSettings = {
  name: 'Coopérative des chèques & Cie', legalForm: 'SCIC SA à capital variable, 50 000 €', siren: '732829320', vatNumber: 'FR44732829320',
  address: { street: '1 rue de l’Essai', streetMore: null, postalCode: '59000', city: 'Lille', country: 'FR' }, registry: 'RCS Lille 732 829 320',
};
