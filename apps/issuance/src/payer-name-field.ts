import { z } from 'zod';
import { idOut, idText } from '#libs/http';
import type { PayerName } from './payer-names.store.js';

export const payerNameField = z.strictObject({ payerId: idText('payer'), name: z.string() });
export const showPayerName = ({ payerId, name }: PayerName): z.output<typeof payerNameField> => ({ payerId: idOut('payer', payerId), name });
