import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected, reject } from '#libs/kernel';
import { bicIn, holderIn, ibanIn, maskIban } from '../bank-fields.js';
import { readerOf } from '../reader.js';
import { ProposeBankAccount } from './payee-bank-account.commands.js';
import type { ShownBankAccountVersion } from './payee-bank-account.store.js';
import { stateOf } from './payee-bank-accounts.controller.js';
import { ShowOwnAccount } from './show-own-account.query.js';

const body = z.strictObject({ iban: ibanIn, bic: bicIn.nullable().default(null), holder: holderIn });
const proposed = z.strictObject({ bankAccountId: idText('bankAccount'), version: z.int() });
const version = z.strictObject({
  version: z.int(), iban: z.string().describe('masked'), holder: z.string(), state: z.enum(['proposed', 'approved', 'blocked', 'replaced']),
  byPlace: z.boolean().describe('a manager of one of its places entered it; otherwise an operator'), proposedAt: z.iso.datetime(),
  approvedAt: z.iso.datetime().nullable(), replacedAt: z.iso.datetime().nullable(), blockedAt: z.iso.datetime().nullable(),
});
const answer = z.strictObject({
  payeeId: idText('payee'), legalName: z.string().nullable(), siren: z.string().nullable(), placeCount: z.int(),
  paidTo: z.strictObject({
    iban: z.string().describe('masked'), holder: z.string(), blocked: z.boolean().describe('the bank sent money back: no other goes there'),
    waitsUntil: z.iso.datetime().nullable().describe('another IBAN than before is paid to from this moment on'),
  }).nullable(),
  byStripe: z.boolean(), versions: z.array(version).describe('newest first'),
});

/** What a place sees, and may ask for, of the account that it is paid on. It names nobody: the operator answers for its people. */
@Controller('settlement/own-account')
export class OwnAccountController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'The account that one\'s own place is paid on, with its versions', who: ['manager'], answer, refusals: ['place_unknown'] })
  async show(@Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const found = await this.queries.execute(new ShowOwnAccount(readerOf(caller).placeId!));
    if (!found) throw new Problem(reject('place_unknown'));
    const { payeeId, paidTo, versions, ...payee } = found;
    return {
      ...payee, payeeId: idOut('payee', payeeId),
      paidTo: paidTo && { ...paidTo, iban: maskIban(paidTo.iban), waitsUntil: paidTo.waitsUntil?.toISOString() ?? null },
      versions: versions.map(showVersion),
    };
  }

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Enter the account that one\'s own place is to be paid on; it is paid to once somebody of the operator has approved it', who: ['manager'],
    freshSecondFactor: true, body, answer: proposed, status: 201,
    refusals: ['place_unknown', 'payee_incomplete', 'bic_not_of_iban', 'iban_is_ours', 'iban_taken'],
  })
  async propose(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof proposed>> {
    const request = { of: { placeId: readerOf(meta.caller).placeId! }, ...parse(body, asked) };
    const outcome = await this.commands.execute(new ProposeBankAccount(request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { bankAccountId: idOut('bankAccount', idOf('bankAccount', outcome.bankAccountId)), version: outcome.version };
  }
}

function showVersion(row: ShownBankAccountVersion): z.output<typeof version> {
  const { version: number, iban, holder, placeId, proposedAt, approvedAt, replacedAt, blockedAt } = row;
  return {
    version: number, iban: maskIban(iban), holder, state: stateOf(row), byPlace: placeId !== null, proposedAt: proposedAt.toISOString(),
    approvedAt: approvedAt?.toISOString() ?? null, replacedAt: replacedAt?.toISOString() ?? null,
    blockedAt: blockedAt?.toISOString() ?? null,
  };
}
