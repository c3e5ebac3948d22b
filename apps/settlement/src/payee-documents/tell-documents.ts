// The people behind payees hear of each document, in the transaction that issues it: of what is issued is told, whatever comes after. Many
// in one message, because a closing issues as many as there are payees.
import { DOCUMENT_PLACES_MAX, PAYEE_DOCUMENTS_MAX, PayeeDocumentsIssuedV1, type BodyOf } from '#libs/contracts';
import { showId, type PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

type Told = BodyOf<typeof PayeeDocumentsIssuedV1>['documents'][number];
export type IssuedDocument = Omit<Told, 'payeeId' | 'payeeName' | 'places'> & Readonly<{ payeeId: PayeeId }>;

export async function tellDocuments(tx: Tx, issued: readonly IssuedDocument[]): Promise<void> {
  if (issued.length === 0) return;
  const payees = await readPayees(tx, issued.map(({ payeeId }) => payeeId));
  const documents = issued.flatMap((document) => {
    const payee = payees.get(document.payeeId);
    return payee ? inParts(payee.places, DOCUMENT_PLACES_MAX).map((places): Told => ({ ...document, payeeName: payee.name, places })) : [];
  });
  await tx.emitAll(PayeeDocumentsIssuedV1, inParts(documents, PAYEE_DOCUMENTS_MAX).map((part) =>
    ({ subject: 'payee_documents', body: { documents: part, currency: 'EUR' } })));
}

function inParts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}

type Payee = Readonly<{ name: string; places: readonly string[] }>;

/** Who has no place, a payer that is refunded, is not among them: nobody of it reads mail of ours as a payee. */
async function readPayees(tx: Tx, payeeIds: readonly PayeeId[]): Promise<ReadonlyMap<PayeeId, Payee>> {
  const rows = await tx.sql.$queryRaw<{ id: PayeeId; name: string | null; places: string[] }[]>`
    select p.id, coalesce(p.legal_name, min(k.name)) as name, array_agg(s.place_id::text order by s.place_id) as places
    from settlement.payee p join settlement.payee_site s on s.payee_id = p.id left join settlement.known_place k on k.place_id = s.place_id
    where p.id = any(${[...payeeIds]}::uuid[]) group by p.id`;
  return new Map(rows.map(({ id, name, places }) => [id, { name: (name ?? showId('payee', id)).slice(0, 140), places }]));
}
