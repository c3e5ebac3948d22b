import { describe, expect, it } from '@jest/globals';
import { sellerOf } from './seller-settings.js';

const SET = {
  MEREAU_SELLER_NAME: 'Coopérative', MEREAU_SELLER_LEGAL_FORM: 'SCIC SA, 50 000 €', MEREAU_SELLER_SIREN: '732829320', MEREAU_SELLER_VAT_NUMBER: 'FR44732829320',
  MEREAU_SELLER_STREET: '1 rue', MEREAU_SELLER_POSTAL_CODE: '59000', MEREAU_SELLER_CITY: 'Lille', MEREAU_SELLER_REGISTRY: 'RCS Lille 732 829 320',
};

describe('who invoices', () => {
  it('is as the settings say', () => {
    expect(sellerOf(SET, { environment: 'production' })).toEqual({
      name: 'Coopérative', legalForm: 'SCIC SA, 50 000 €', siren: '732829320', vatNumber: 'FR44732829320', registry: 'RCS Lille 732 829 320',
      address: { street: '1 rue', streetMore: null, postalCode: '59000', city: 'Lille', country: 'FR' },
    });
  });

  it('is nobody in production, and an example elsewhere, where nothing is set', () => {
    expect(sellerOf({}, { environment: 'production' })).toBeUndefined();
    expect(sellerOf({}, { environment: 'development' })!.name).toContain('exemple');
  });

  it.each<[string, Record<string, string>, string]>([
    ['a part only', { MEREAU_SELLER_NAME: 'Coopérative', MEREAU_SELLER_CITY: 'Lille' }, 'MEREAU_SELLER_SIREN'],
    ['a SIREN with a typing error', { ...SET, MEREAU_SELLER_SIREN: '732829321' }, 'SIREN'],
    ['a VAT number of somebody else', { ...SET, MEREAU_SELLER_VAT_NUMBER: 'FR83404833048' }, 'is not that of'],
  ])('is refused where %s is set', (_, env, message) => {
    expect(() => sellerOf(env, { environment: 'production' })).toThrow(message);
  });
});
