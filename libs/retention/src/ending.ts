// What goes by itself when its time is over. `job`: the function `forget_<id>` of each schema, called hourly by its service.
import { SCHEMAS, type Schema } from '#libs/persistence';

export type Ending = Readonly<{
  id: string;
  schemas: readonly Schema[];
  tables: readonly string[];
  /** In words, from when on. */
  kept: string;
  days: number;
  /** What is in it, for a reader of the register. */
  holds: string;
  why: string;
  by: 'job' | 'relay' | 'till counts';
}>;

const CNIL = 'RGPD art. 5(1)(e); CNIL, délibération 2021-122 (journalisation)';

export const ENDING: readonly Ending[] = [
  {
    id: 'idempotency', schemas: SCHEMAS, tables: ['idempotency'], days: 90, kept: '90 days after the command', by: 'job',
    holds: 'keys of commands, who gave them, and their answers', why: 'a client repeats a command within days; the fact that it made is kept apart',
  },
  {
    id: 'refused_redemption', schemas: ['redemption'], tables: ['refused_redemption'], days: 90, kept: '90 days after the refusal', by: 'job',
    holds: 'refused attempts of tills, without the code', why: 'a till that lost the answer asks again; for a complaint it is long enough',
  },
  {
    id: 'till_alarm', schemas: ['redemption'], tables: ['till_alarm'], days: 365, kept: 'a year after its last count', by: 'job',
    holds: 'places that named many unknown codes, and who looked', why: CNIL,
  },
  {
    id: 'till_count', schemas: ['redemption'], tables: ['till_count'], days: 1, kept: 'two hours', by: 'till counts',
    holds: 'refused attempts per minute, place and device', why: 'limits look back an hour',
  },
  {
    id: 'sent_batch', schemas: SCHEMAS, tables: ['sent_batch'], days: 7, kept: '7 days after every receiver has it', by: 'relay',
    holds: 'messages between services', why: 'audit keeps each event; the copy is for a receiver that is put back by some days',
  },
  {
    id: 'session', schemas: ['identity'], tables: ['session'], days: 30, kept: '30 days after it could last be used', by: 'job',
    holds: 'sign-ins, with address on the network and browser', why: CNIL,
  },
  {
    id: 'mail_link', schemas: ['identity'], tables: ['mail_link'], days: 30, kept: '30 days after it could last be used', by: 'job',
    holds: 'links that were mailed to a person, without what they bear', why: 'says what became of an invitation; it opens nothing any more',
  },
  {
    id: 'revocation', schemas: ['identity'], tables: ['revocation'], days: 1, kept: 'a day', by: 'job',
    holds: 'ids of sign-ins, memberships and mandates that ended', why: 'a token that names one lives five minutes; the memberships and mandates say themselves that they ended',
  },
  {
    id: 'key_request', schemas: ['issuance', 'redemption', 'settlement', 'identity'], tables: ['key_request'], days: 30, kept: '30 days after the request', by: 'job',
    holds: 'what keys of organisations asked: route, status, time, without address, body or answer', why: 'says to the organisation what its programs did',
  },
  {
    id: 'sign_in_count', schemas: ['identity'], tables: ['sign_in_count'], days: 1, kept: 'a day', by: 'job',
    holds: 'wrong passwords per quarter of an hour, by a keyed hash of the network address', why: 'limits look back a quarter of an hour',
  },
  {
    id: 'second_factor_use', schemas: ['identity'], tables: ['second_factor_use'], days: 365,
    kept: 'a year after its use; a used recovery code as long as the person has an account', by: 'job',
    holds: 'codes that were entered, by their number', why: `${CNIL}; a recovery code counts once for ever`,
  },
  {
    id: 'saved_view', schemas: ['identity'], tables: ['saved_view'], days: 30, kept: '30 days after its person acts for nobody any more', by: 'job',
    holds: 'how a person looks at lists: filters as they typed them, under a name of their own', why: 'RGPD art. 5(1)(e): it serves nobody else; the days are for who comes back',
  },
  {
    id: 'passkey_use', schemas: ['identity'], tables: ['passkey_use'], days: 365, kept: 'a year after its use', by: 'job',
    holds: 'when a passkey was shown, and in which sign-in', why: CNIL,
  },
  {
    id: 'notice_mail', schemas: ['identity'], tables: ['notice_mail', 'notice_outcome'], days: 1826, kept: 'five years after it was handed over or given up', by: 'job',
    holds: 'mails to people of payers, distributors and places, with their address', why: 'who says not to have been told of a fee or an account may claim for five years (code civil art. 2224)',
  },
];
