// Messages of the tests' own, and their routes.
import { z } from 'zod';
import { defineMessage, type Contract } from '#libs/contracts';
import type { Routing } from '#libs/messaging';

const sample = { n: 1 };
const schema = z.strictObject({ n: z.number().int(), text: z.string().optional() });

/** From issuance to redemption. */
export const FactV1 = defineMessage({ type: 'test.fact.v1', from: 'issuance', to: ['redemption'], schema, sample });
/** What redemption answers. */
export const EchoV1 = defineMessage({ type: 'test.echo.v1', from: 'redemption', to: ['issuance'], schema, sample });
/** Only audit gets it: leaves a hole in the numbers that redemption sees. */
export const NoteV1 = defineMessage({ type: 'test.note.v1', from: 'issuance', to: [], schema, sample });

/** `hasAudit`: the audit gets everything too, as it does in earnest. */
export function routingOf(hasAudit: boolean): Routing {
  const contracts = [FactV1, EchoV1, NoteV1] as unknown as readonly Contract[];
  const contractOf = (type: string) => contracts.find((one) => one.type === type);
  return {
    contractOf,
    receiversOf: (type) => [...contractOf(type)!.to, ...(hasAudit ? ['audit' as const] : [])],
    typesFor: (receiver) => contracts.filter(({ to }) => to.includes(receiver)).map(({ type }) => type),
  };
}
