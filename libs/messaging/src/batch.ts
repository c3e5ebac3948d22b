// One batch on the wire, as the relay writes it and the host checks it.
import { z } from 'zod';
import { SERVICES, type Service } from '#libs/contracts';
import { LIMITS } from './limits.js';

const number = z.number().int().positive();

/** Messages are checked one by one later: a malformed one must not hold back the others. */
export const batchSchema = z.strictObject({
  sender: z.enum(SERVICES),
  receiver: z.enum(SERVICES),
  batchNo: number,
  try: number,
  firstSeq: number,
  lastSeq: number,
  count: number.max(LIMITS.batchMessages),
  messages: z.array(z.looseObject({ seq: number })).min(1).max(LIMITS.batchMessages),
}).superRefine(({ messages, count, firstSeq, lastSeq }, context) => {
  const complain = (message: string) => context.addIssue({ code: 'custom', message });
  if (messages.length !== count) complain(`holds ${messages.length} messages, says ${count}`);
  if (messages[0]?.seq !== firstSeq) complain(`begins with ${messages[0]?.seq}, says ${firstSeq}`);
  if (messages.at(-1)?.seq !== lastSeq) complain(`ends with ${messages.at(-1)?.seq}, says ${lastSeq}`);
  if (messages.some(({ seq }, index) => index > 0 && seq <= messages[index - 1]!.seq)) complain('numbers do not rise');
});
export type Batch = z.infer<typeof batchSchema>;
export type RawMessage = Batch['messages'][number];

export const acknowledgementSchema = z.strictObject({ receiver: z.enum(SERVICES), batchNo: number });
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

type BatchKey = Readonly<{ sender: Service; receiver: Service; batchNo: number; try: number }>;

/** Letters and dashes of ours, so that no id can meet a key of the queue's own (reliability.md B7). */
export const jobIdOf = (batch: BatchKey): string => `${batch.sender}-${batch.receiver}-${batch.batchNo}-${batch.try}`;
