// Who invoices: the identity that the law wants on every invoice (article 242 nonies A of annexe II to the CGI, R123-237
// and L441-9 of the code de commerce). Without it nothing is invoiced.
import { z } from 'zod';
import { isSiren } from '#libs/sirene';
import { StartupFault } from '#libs/persistence';
import { readSettings, type Environment, type ProgramSettings } from './config.js';

export type SellerSettings = Readonly<{
  name: string; legalForm: string; siren: string; vatNumber: string;
  address: Readonly<{ street: string; streetMore: string | null; postalCode: string; city: string; country: string }>;
  /** Where it is registered, as it has to say it: "RCS Lille 732 829 320". */
  registry: string;
}>;

const text = z.string().trim().min(1).max(200);
const schema = z.object({
  MEREAU_SELLER_NAME: text.optional(),
  MEREAU_SELLER_LEGAL_FORM: text.optional().describe('with the capital: "SCIC SA à capital variable, 50 000 €"'),
  MEREAU_SELLER_SIREN: z.string().refine(isSiren, 'expected a SIREN of 9 digits').optional(),
  MEREAU_SELLER_VAT_NUMBER: z.string().regex(/^FR[0-9A-Z]{2}[0-9]{9}$/, 'expected a VAT number like FR44732829320').optional(),
  MEREAU_SELLER_STREET: text.optional(),
  MEREAU_SELLER_STREET_MORE: text.optional(),
  MEREAU_SELLER_POSTAL_CODE: text.optional(),
  MEREAU_SELLER_CITY: text.optional(),
  MEREAU_SELLER_COUNTRY: z.string().regex(/^[A-Z]{2}$/).default('FR'),
  MEREAU_SELLER_REGISTRY: text.optional(),
});
const NEEDED = ['NAME', 'LEGAL_FORM', 'SIREN', 'VAT_NUMBER', 'STREET', 'POSTAL_CODE', 'CITY', 'REGISTRY'] as const;

/** Says itself that nobody owes it anything. Its SIREN is an example that passes its check. */
const EXAMPLE: SellerSettings = {
  name: 'Méreau (exemple, ne pas payer)', legalForm: 'SCIC SA à capital variable, 50 000 €', siren: '732829320', vatNumber: 'FR44732829320',
  address: { street: '1 rue de l’Exemple', streetMore: null, postalCode: '59000', city: 'Lille', country: 'FR' }, registry: 'RCS Lille 732 829 320',
};

/** Outside of production an example stands in where nothing is set. Throws StartupFault when a part only is set. */
export function sellerOf(env: Environment, { environment }: Pick<ProgramSettings, 'environment'>): SellerSettings | undefined {
  const found = readSettings(schema, env);
  const missing = NEEDED.map((name) => `MEREAU_SELLER_${name}` as const).filter((name) => found[name] === undefined);
  if (missing.length === NEEDED.length) return environment === 'production' ? undefined : EXAMPLE;
  if (missing.length > 0) throw new StartupFault(`an invoice has to name who issues it: set ${missing.join(', ')}`);
  if (found.MEREAU_SELLER_VAT_NUMBER!.slice(4) !== found.MEREAU_SELLER_SIREN) {
    throw new StartupFault('MEREAU_SELLER_VAT_NUMBER is not that of MEREAU_SELLER_SIREN');
  }
  return {
    name: found.MEREAU_SELLER_NAME!, legalForm: found.MEREAU_SELLER_LEGAL_FORM!, siren: found.MEREAU_SELLER_SIREN!,
    vatNumber: found.MEREAU_SELLER_VAT_NUMBER!, registry: found.MEREAU_SELLER_REGISTRY!,
    address: {
      street: found.MEREAU_SELLER_STREET!, streetMore: found.MEREAU_SELLER_STREET_MORE ?? null,
      postalCode: found.MEREAU_SELLER_POSTAL_CODE!, city: found.MEREAU_SELLER_CITY!, country: found.MEREAU_SELLER_COUNTRY,
    },
  };
}
