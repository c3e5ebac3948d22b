// The pages of the whole platform in a real browser, opened once: every page as it is shown, somebody with a voucher, and people without a
// mouse. Needs Debian's chromium on the PATH.
import { afterAll, beforeAll, describe } from '@jest/globals';
import { accessiblePages } from '../pages/accessible-pages.js';
import { keyboardJourneys } from '../pages/keyboard-journeys.js';
import { chromiumPath, OpenedPages } from '../pages/open-pages.js';
import { voucherJourneys } from '../pages/voucher-journeys.js';

const journey = chromiumPath ? describe : describe.skip;

journey(`people at the pages${chromiumPath ? '' : ' (skipped: no chromium on the PATH)'}`, () => {
  let opened: OpenedPages;
  beforeAll(async () => { opened = await OpenedPages.open('people'); }, 300_000);
  afterAll(async () => { await opened?.close(); }, 60_000);

  const pages = () => opened;
  // What is only shown comes before what people change.
  describe('each page', () => accessiblePages(pages));
  describe('somebody with a voucher', () => voucherJourneys(pages));
  describe('by the keyboard alone', () => keyboardJourneys(pages));
});
