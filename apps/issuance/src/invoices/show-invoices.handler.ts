import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { OVERSEER, readAs } from '#libs/persistence';
import { invoicePdf } from '../factur-x/invoice-pdf.js';
import { IssuanceWork } from '../issuance.work.js';
import { listInvoices, readInvoiceFile, type InvoiceView } from './invoice-view.store.js';
import { ListInvoices, ShowInvoice, ShowInvoicePdf, ShowInvoiceXml, type InvoiceBytes } from './show-invoices.query.js';

const ALL = { orderId: null, number: null, kind: null, before: null, rowsMax: 1 } as const;

@QueryHandler(ListInvoices)
export class ListInvoicesHandler implements IQueryHandler<ListInvoices> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ asked }: ListInvoices): Promise<readonly InvoiceView[]> {
    return readAs(this.work, asked.payerId ?? OVERSEER, (sql) => listInvoices(sql, asked));
  }
}

@QueryHandler(ShowInvoice)
export class ShowInvoiceHandler implements IQueryHandler<ShowInvoice> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ invoiceId, payerId }: ShowInvoice): Promise<InvoiceView | Rejected> {
    const [found] = await readAs(this.work, payerId ?? OVERSEER, (sql) => listInvoices(sql, { ...ALL, payerId }, invoiceId));
    return found ?? reject('invoice_not_found');
  }
}

@QueryHandler(ShowInvoicePdf)
export class ShowInvoicePdfHandler implements IQueryHandler<ShowInvoicePdf> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ invoiceId, payerId, language }: ShowInvoicePdf): Promise<InvoiceBytes | Rejected> {
    const file = await readAs(this.work, payerId ?? OVERSEER, (sql) => readInvoiceFile(sql, invoiceId, payerId));
    if (!file) return reject('invoice_not_found');
    const bytes = language === 'fr' ? file.pdf : await invoicePdf(file.content, null, language);
    return { name: `${file.number}${language === 'fr' ? '' : `-${language}`}.pdf`, bytes };
  }
}

@QueryHandler(ShowInvoiceXml)
export class ShowInvoiceXmlHandler implements IQueryHandler<ShowInvoiceXml> {
  constructor(private readonly work: IssuanceWork) {}

  /** A quote has none, and is as unknown here as what does not exist. */
  async execute({ invoiceId, payerId }: ShowInvoiceXml): Promise<InvoiceBytes | Rejected> {
    const file = await readAs(this.work, payerId ?? OVERSEER, (sql) => readInvoiceFile(sql, invoiceId, payerId));
    return file?.xml ? { name: `${file.number}.xml`, bytes: Buffer.from(file.xml, 'utf8') } : reject('invoice_not_found');
  }
}
