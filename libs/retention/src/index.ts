export { ENDING, type Ending } from './ending.js';
export { forgetPast } from './forget-past.js';
export { KEPT, type Kept } from './kept.js';
export { retentionMarkdown } from './retention-markdown.js';
