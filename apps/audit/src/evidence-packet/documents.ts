// Documents are not audit's: it asks the services that drew them, over HTTP and with the token of whoever asked for the packet,
// so that a packet never holds what its reader may not see. Nothing is kept, and nothing is decided by the answer.
import { z } from 'zod';
import { showId, type Id, type Noun } from '#libs/kernel';
import { statementTextPath } from '#libs/evidence';
import type { ServiceSettings } from '#libs/service';
import type { Step } from '../trace-cent/step.decision.js';

/** Longer than the largest statement takes to be drawn. */
const TIMEOUT_MS = 20_000;

export type Origins = NonNullable<ServiceSettings['documentOrigins']>;
export type Fetched = Readonly<{ path: string; bytes: Buffer } | { path: string; why: string }>;
/** Where a document lies, and by what name it goes into the packet. `pick` takes the text out of a JSON answer. */
type Wanted = Readonly<{ path: string; service: keyof Origins; route: string; pick?: (body: unknown) => string }>;

const DOCUMENTS: Readonly<Partial<Record<Noun, (id: string) => readonly Wanted[]>>> = {
  statement: (id) => [
    {
      path: statementTextPath(id), service: 'settlement', route: `/settlement/statements/${id}`,
      pick: (body) => z.object({ content: z.string() }).parse(body).content,
    },
    { path: `documents/${id}.fr.pdf`, service: 'settlement', route: `/settlement/statements/${id}/file?format=pdf&language=fr` },
  ],
  placeInvoice: (id) => [{ path: `documents/${id}.fr.pdf`, service: 'settlement', route: `/settlement/place-invoices/${id}/pdf` }],
  debitNote: (id) => [{ path: `documents/${id}.fr.pdf`, service: 'settlement', route: `/settlement/debit-notes/${id}/file` }],
};
const invoicesSchema = z.object({ items: z.array(z.object({ invoiceId: z.string() })) });

export class Documents {
  constructor(private readonly origins: Origins | undefined) {}

  /** One after the other, as they are read. At most `limit`; those beyond are named. */
  async* of(steps: readonly Step[], authorization: string, limit: number): AsyncGenerator<Fetched> {
    const wanted = [...named(steps)];
    for (const orderId of idsOf(steps, 'order')) {
      const listed = await this.invoicesOf(orderId, authorization);
      if ('why' in listed) yield listed;
      else wanted.push(...listed.invoices);
    }
    for (const [at, one] of wanted.entries()) {
      yield at < limit ? await this.fetched(one, authorization) : { path: one.path, why: 'beyond the bound of one packet' };
    }
  }

  /** Of payers: no step names them, the order does. */
  private async invoicesOf(
    orderId: string, authorization: string,
  ): Promise<Readonly<{ invoices: Wanted[] } | { path: string; why: string }>> {
    const path = `documents/invoices-of-${orderId}`;
    const listed = await this.ask({ path, service: 'issuance', route: `/issuance/invoices?orderId=${orderId}&limit=50` }, authorization);
    if ('why' in listed) return listed;
    const ids = invoicesSchema.parse(JSON.parse(listed.bytes.toString())).items.map(({ invoiceId }) => invoiceId).sort();
    return { invoices: ids.map((id) => ({ path: `documents/${id}.pdf`, service: 'issuance', route: `/issuance/invoices/${id}/pdf` })) };
  }

  private async fetched(wanted: Wanted, authorization: string): Promise<Fetched> {
    const answer = await this.ask(wanted, authorization);
    if ('why' in answer || !wanted.pick) return answer;
    return { path: wanted.path, bytes: Buffer.from(wanted.pick(JSON.parse(answer.bytes.toString()))) };
  }

  private async ask({ path, service, route }: Wanted, authorization: string): Promise<Fetched> {
    if (!this.origins) return { path, why: 'this installation does not say where documents are' };
    try {
      const response = await fetch(this.origins[service] + route, { headers: { authorization }, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
      return response.ok ? { path, bytes: Buffer.from(await response.arrayBuffer()) } : { path, why: `answered ${response.status}` };
    } catch {
      return { path, why: 'did not answer' };
    }
  }
}

const named = (steps: readonly Step[]): Wanted[] => (Object.keys(DOCUMENTS) as (keyof typeof DOCUMENTS)[])
  .flatMap((noun) => idsOf(steps, noun).flatMap((id) => DOCUMENTS[noun]!(id)));

/** Once each, in one order. */
const idsOf = (steps: readonly Step[], wanted: Noun): string[] => [...new Set(steps.flatMap(({ ids }) =>
  ids.filter(({ noun }) => noun === wanted).map(({ noun, id }) => showId(noun, id as Id<Noun>))))].sort();
