import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected, type Rejected } from '#libs/kernel';
import { IssueInvoices, type IssuedDocuments } from './issue-invoices.command.js';

const issued = z.strictObject({
  documents: z.array(z.strictObject({
    invoiceId: idText('invoice'), number: z.string(), payerId: idText('payer'),
    faceCents: z.int(), feeCents: z.int(), vatCents: z.int(), totalCents: z.int(), currency: z.literal('EUR'),
  })),
});
const REFUSALS = ['order_not_found', 'order_cancelled', 'order_invoiced', 'seller_not_configured', 'payer_billing_missing', 'billing_reference_missing'];

@Controller('issuance/orders')
export class IssueInvoicesController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/invoices')
  @HttpCode(201)
  @Api({
    summary: 'Invoice the payers of an order that have no invoice: each its share of the face value, of the fee and of the VAT on it',
    who: ['operator'], once: true, answer: issued, status: 201, refusals: REFUSALS,
  })
  async invoice(@Param('id') id: string, @Meta() meta: HttpMeta): Promise<z.output<typeof issued>> {
    return show(await this.commands.execute(new IssueInvoices(parse(idIn('order'), id), meta)));
  }
}

function show(outcome: IssuedDocuments | Rejected): z.output<typeof issued> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return {
    documents: outcome.documents.map(({ invoiceId, payerId, ...rest }) =>
      ({ invoiceId: idOut('invoice', invoiceId), payerId: idOut('payer', payerId), ...rest })),
  };
}
