// What settlement says of a file that it took.
import { z } from 'zod';

export const statementsRead = z.object({
  statements: z.array(z.object({ known: z.boolean(), lines: z.record(z.string(), z.int()) })),
});
export const reportRead = z.object({ reportId: z.string() });
export type StatementsRead = z.output<typeof statementsRead>;

/** As settlement bounds it, with room for the rest of the form. */
export const UPLOAD_BYTES_MAX = 10_485_760 + 4_096;

/** Before it may stand a mark of the byte order; records of CFONB begin with digits. */
const XML_WITHIN = 8;
export const bankFileType = (bytes: Buffer): string => (bytes.subarray(0, XML_WITHIN).includes('<') ? 'application/xml' : 'text/plain');
