export {
  INVOICE_PDF_PATH, keysSchema, LEAF_PATH, leafPath, manifestSchema, PACKET_FORMAT, PATHS, proofPath, proofSchema, STATEMENT_TEXT_PATH,
  statementTextPath,
} from './packet.js';
export type { Manifest, PacketProof } from './packet.js';
export { STEP_OF_OUTCOME, STEP_OF_ROW, STEP_OF_TYPE } from './step-names.js';
export { GAP_WORDS, REACHED_WORDS, STEP_WORDS } from './trace-words.js';
export { tracePage } from './trace-page.js';
export type { PageHead } from './trace-page.js';
export { tracedSchema } from './traced.js';
export type { Traced } from './traced.js';
