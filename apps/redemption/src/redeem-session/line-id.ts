import { idOf, type RedemptionId } from '#libs/kernel';
import { derivedId } from '../derived-id.js';

/** The redemption id of a line of a session: a till needs one key for a whole workshop. */
export const lineIdOf = (sessionKey: string, line: number): RedemptionId => idOf('redemption', derivedId(sessionKey, line));
