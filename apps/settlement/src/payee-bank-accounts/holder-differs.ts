import { askedName } from '../payee-verifications/read-answers.js';
import type { BankAccountVersion } from './payee-bank-account.store.js';

/** Said of what a place entered: an operator who writes another holder has the convention in hand, a place has its own wish. */
export const holderDiffers = ({ placeId, holder, legalName }: Pick<BankAccountVersion, 'placeId' | 'holder' | 'legalName'>): boolean =>
  placeId !== null && askedName(holder) !== askedName(legalName);
