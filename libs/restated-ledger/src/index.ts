export { talliedAs, tallyHash } from './tally-hash.js';
export { MESSAGE_RULES, MOVES_NOTHING, restate, type RestatedMessage } from './restate.js';
export { sidesOf, type About, type RestatedAccount, type RestatedTransfer, type Side } from './restated-transfer.js';
