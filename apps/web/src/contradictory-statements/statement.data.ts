// What became of an order, as all of its payers and the operator sign it.
import { z } from 'zod';
import type { Html } from '../html.js';
import type { Say } from '../language.js';
import { wordOf, type WordsOf } from '../operator/words.js';
import { pill } from '../status.js';

const money = { activatedCents: z.int(), redeemedCents: z.int(), rejectedCents: z.int(), expiredCents: z.int() };
export const statement = z.object({
  statementId: z.string(), orderId: z.string(), version: z.int(), outcome: z.string(),
  extension: z.object({ usableUntil: z.string(), claimableUntil: z.string() }).nullable(), sha256: z.string(), ...money,
  state: z.enum(['to_sign', 'signed', 'replaced']), drawnUpAt: z.string(), drawnUpBy: z.string(), operatorSignedAt: z.string().nullable(),
  shares: z.array(z.object({ payerId: z.string(), name: z.string(), ...money, signedAt: z.string().nullable() })),
});
export type Statement = z.output<typeof statement>;

export const STATEMENT_STATES: WordsOf = { to_sign: ['À signer', 'To sign'], signed: ['Signé de tous', 'Signed by all'], replaced: ['Remplacé', 'Replaced'] };
/** What the agreement says of value that nobody used. */
export const OUTCOMES: WordsOf = {
  refund: ['rendu aux financeurs', 'given back to the payers'], commons: ['donné au fonds commun', 'given to the commons'],
  roll_over: ['gardé pour la prochaine commande', 'kept for the next order'], extension: ['rendu aux porteurs, avec de nouvelles dates', 'given back to the holders, with later dates'],
};

export const statementStatus = ({ state }: Pick<Statement, 'state'>, say: Say): Html => pill(state === 'to_sign' ? 'wait' : state === 'signed' ? 'ok' : 'mute', wordOf(STATEMENT_STATES, state, say));
