// From bytes of a batch to a message with its consumer, or to the reason why it is nobody's.
import { envelopeSchema, type Contract, type Envelope, type Service } from '#libs/contracts';
import type { RawMessage } from '../batch.js';
import type { Routing } from '../routing.js';
import type { Consumer } from './consumer.js';

export type Prepared =
  | Readonly<{ seq: number; message: Envelope; consumer: Consumer }>
  | Readonly<{ seq: number; raw: RawMessage; problem: string }>;

/** Never throws: whatever came, the batch goes on. */
export function prepareMessage(raw: RawMessage, sender: Service, consumers: readonly Consumer[], routing: Routing): Prepared {
  const { seq } = raw;
  const bad = (problem: string): Prepared => ({ seq, raw, problem });
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return bad(`malformed envelope: ${told(envelope.error)}`);
  const message = envelope.data as Envelope;
  const consumer = consumers.find(({ type }) => type === '*') ?? consumers.find(({ type }) => type === message.type);
  if (!consumer) return bad(`unknown type ${message.type}`);
  // Audit keeps what is said, in the form in which it is sent to audit, and judges it elsewhere.
  if (consumer.type === '*') return { seq, message, consumer };
  const contract = routing.contractOf(message.type);
  if (!contract) return bad(`unknown type ${message.type}`);
  if (contract.from !== 'each' && contract.from !== sender) return bad(`${sender} may not send ${message.type}`);
  const body = readBody(contract.schema, message.body);
  if (!body.success) return bad(`malformed body: ${told(body.error)}`);
  return { seq, message: { ...message, body: body.data }, consumer };
}

/**
 * A sender may be a version ahead of its receiver: a field that the contract here does not know yet is left aside (ADR 0072). It was
 * optional when it came, so what is left means what it always meant. Anything else that is wrong with a body is wrong.
 */
function readBody(schema: Contract['schema'], body: unknown): ReturnType<Contract['schema']['safeParse']> {
  const strict = schema.safeParse(body);
  if (strict.success || !strict.error.issues.every(({ code }) => code === 'unrecognized_keys')) return strict;
  const left = structuredClone(body);
  for (const issue of strict.error.issues as readonly { path: readonly PropertyKey[]; keys: readonly string[] }[]) {
    const at = issue.path.reduce((value, key) => (value as Record<PropertyKey, unknown>)[key], left) as Record<string, unknown>;
    for (const key of issue.keys) delete at[key];
  }
  return schema.safeParse(left);
}

const told = (error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }): string =>
  error.issues.slice(0, 5).map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ');
