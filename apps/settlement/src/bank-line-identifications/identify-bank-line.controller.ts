import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { isOrderReference } from '#libs/contracts';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { IdentifyBankLine } from './identify-bank-line.command.js';

const reference = z.string().max(40).transform((text) => text.replace(/\s/g, '').toUpperCase())
  .refine(isOrderReference, 'expected an order reference with its check digits').optional()
  .describe('the reference that the payer meant; without it the credit waits to be matched by hand');
const body = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('payer_receipt'), reference }),
  z.strictObject({ kind: z.literal('psp_payout'), payoutId: z.string().min(1).max(255).describe('Stripe\'s id, po_…') }),
  z.strictObject({ kind: z.literal('debit_note'), debitNoteId: idIn('debitNote').describe('the debit note that it pays, in full or in part') }),
  z.strictObject({ kind: z.literal('place_invoice'), placeInvoiceId: idIn('placeInvoice').describe('the invoice for a fee or a charge that it pays, in full or in part') }),
  z.strictObject({ kind: z.literal('gift'), programmeId: idIn('programme').nullable().default(null).describe('to whose pool; null: to the national one') }),
  z.strictObject({ kind: z.literal('paid_in') }).describe('what the operator pays in because its costs are above what it earned'),
]);
const identified = z.strictObject({
  bankLineId: idText('bankLine'), kind: z.enum(['payer_receipt', 'psp_payout', 'debit_note', 'place_invoice', 'gift', 'paid_in']), amountCents: z.int(),
  currency: z.literal('EUR'),
});

@Controller('settlement/bank-lines')
export class IdentifyBankLineController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/identifications')
  @HttpCode(201)
  @Api({
    summary: 'Say what an unknown bank credit is: a payer\'s money, a payout of Stripe, what a place owed by a debit note or an invoice, a gift to the commons, or what the operator pays in', who: ['operator'],
    freshSecondFactor: true, body, answer: identified, status: 201,
    refusals: [
      'bank_line_unknown', 'bank_line_given', 'bank_line_of_known_kind', 'bank_line_identified', 'payout_unknown', 'payout_arrived', 'payout_amount_differs',
      'debit_note_unknown', 'gives_to_own_account', 'debit_note_overpaid', 'place_invoice_unknown', 'place_invoice_overpaid',
      'pool_unknown', 'operator_unknown', 'paid_in_over_shortfall',
    ],
  })
  async identify(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof identified>> {
    const [bankLineId, given] = [parse(idIn('bankLine'), id), parse(body, asked)];
    const request = given.kind === 'payer_receipt' ? { kind: given.kind, reference: given.reference ?? null } : given;
    const outcome = await this.commands.execute(new IdentifyBankLine(bankLineId, request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, bankLineId: idOut('bankLine', outcome.bankLineId) };
  }
}
