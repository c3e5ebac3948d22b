import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta,
} from '#libs/http';
import { idOf, isRejected, toWire } from '#libs/kernel';
import { sirenIn } from '#libs/sirene';
import { maskIban } from '../bank-fields.js';
import { CompletePayee } from './complete-payee.command.js';
import { ListPayees, type ListedPayee } from './list-payees.query.js';

const body = z.strictObject({ placeId: idIn('place'), legalName: textIn(140), siren: sirenIn });
const completed = z.strictObject({ payeeId: idText('payee'), joined: z.boolean() });
const query = pageQuery.extend({ search: textIn(80).optional(), payeeId: idIn('payee').optional() });
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('payee', uuid))]);
const shown = z.strictObject({
  payeeId: idText('payee'), legalName: z.string().nullable(), siren: z.string().nullable(),
  state: z.enum(['to_complete', 'complete']),
  places: z.array(z.strictObject({ placeId: idText('place'), name: z.string().nullable(), siret: z.string().nullable() })),
  accruedCents: z.int(), payableCents: z.int(), inTransitCents: z.int(), paidCents: z.int(), currency: z.literal('EUR'),
  iban: z.string().nullable().describe('masked'), bankVersion: z.int().nullable(),
  bankState: z.enum(['none', 'proposed', 'approved', 'blocked']),
});

@Controller('settlement/payees')
export class PayeesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Name the legal body behind a place', who: ['operator'], body, answer: completed, status: 201,
    refusals: ['place_unknown', 'payee_complete', 'place_has_claims'],
  })
  async complete(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof completed>> {
    const outcome = await this.commands.execute(new CompletePayee(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { payeeId: idOut('payee', idOf('payee', outcome.payeeId)), joined: outcome.joined };
  }

  @Get()
  @Api({ summary: 'Payees and what they are owed', who: ['operator', 'approver', 'auditor'], query, answer: pageAnswer(shown) })
  async list(@Query() asked: unknown) {
    const { limit, cursor, search = null, payeeId = null } = parse(query, asked);
    const [after] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const rows = await this.queries.execute(new ListPayees({ after, rowsMax: limit + 1, search, payeeId }));
    return pageOf(rows, limit, ({ id }) => [id], show);
  }
}

function show({ id, places, accrued, payable, inTransit, paid, iban, ...payee }: ListedPayee): z.output<typeof shown> {
  return {
    payeeId: idOut('payee', id), ...payee, state: payee.legalName === null ? 'to_complete' : 'complete',
    places: places.map(({ placeId, ...place }) => ({ placeId: idOut('place', placeId), ...place })),
    accruedCents: toWire(accrued), payableCents: toWire(payable), inTransitCents: toWire(inTransit), paidCents: toWire(paid),
    currency: 'EUR', iban: iban === null ? null : maskIban(iban),
  };
}
