export type InvoiceToDeliver = Readonly<{ sellerSiren: string; number: string; pdf: Uint8Array; pdfSha256: string }>;

/**
 * Where issued documents go. May be asked for one document any number of times, by several processes, after a crash at any
 * point, and delivers it once: it answers the same place each time. Throws where the place is out of reach, or where
 * other bytes have the document's name there.
 */
export abstract class InvoiceDelivery {
  abstract deliver(invoice: InvoiceToDeliver): Promise<{ place: string }>;
}
