// Months of open data as somebody loaded them: what one was shown is held against what the log has for everybody.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { jsonIn } from './read-lines.js';

/** `sha256`: of the text that was shown, whatever was said beside it. */
export type PublishedMonth = Readonly<{ month: string; sha256: string }>;

const shownMonth = z.object({ month: z.string(), content: z.string() });
const answer = z.union([
  z.object({ items: z.array(shownMonth).min(1) }).transform(({ items }) => items), shownMonth.transform((one) => [one]),
]);

/** Of what `/audit/open-data/months/MONTH` or `/audit/open-data/months` answered; undefined where the text is neither. */
export function readPublished(text: string): readonly PublishedMonth[] | undefined {
  return answer.safeParse(jsonIn(text)).data?.map(({ month, content }) => ({ month, sha256: createHash('sha256').update(content).digest('hex') }));
}

/** `here`: by month what the export holds. A sentence for each that is not the same text. */
export const publishedFaults = (published: readonly PublishedMonth[], here: ReadonlyMap<string, string>): string[] =>
  published.filter(({ month, sha256 }) => here.get(month) !== sha256).map(({ month }) => (here.has(month)
    ? `the open data of ${month} that were shown to you are another text than those in this log`
    : `the open data of ${month} that were shown to you are not in this log: they were taken out, or the export is older`));
