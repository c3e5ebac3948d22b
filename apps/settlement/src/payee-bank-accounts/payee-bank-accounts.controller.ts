import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { bicIn, holderIn, ibanIn } from '../bank-fields.js';
import { REASON_LENGTH_MAX } from '../limits.js';
import { holderDiffers } from './holder-differs.js';
import { ListBankAccountVersions } from './list-bank-account-versions.query.js';
import { ApproveBankAccount, ProposeBankAccount } from './payee-bank-account.commands.js';
import { VERIFICATIONS } from './payee-bank-account.decision.js';
import type { ShownBankAccountVersion } from './payee-bank-account.store.js';

/** The name of the holder as the bank knows it, which verification of payee compares. */
const body = z.strictObject({ iban: ibanIn, bic: bicIn.nullable().default(null), holder: holderIn });
const payeeParam = z.strictObject({ payeeId: idIn('payee') });
const accountParam = z.strictObject({ bankAccountId: idIn('bankAccount') });
const approval = z.strictObject({
  reason: textIn(REASON_LENGTH_MAX).nullable().default(null).describe('why it is right, when the bank did not confirm the holder'),
});
const versioned = z.strictObject({ bankAccountId: idText('bankAccount'), version: z.int() });
const shown = z.strictObject({
  bankAccountId: idText('bankAccount'), version: z.int(), iban: z.string(), bic: z.string().nullable(), holder: z.string(),
  state: z.enum(['proposed', 'approved', 'blocked', 'replaced']), maker: z.string(),
  placeId: idText('place').nullable().describe('whose manager entered it; null: an operator did'),
  holderDiffers: z.boolean().describe('a place entered it for another holder than the legal body: approved with a reason only'), proposedAt: z.iso.datetime(),
  checker: z.string().nullable(), approvedAt: z.iso.datetime().nullable(),
  approvalReason: z.string().nullable(), replacedAt: z.iso.datetime().nullable(),
  blockedAt: z.iso.datetime().nullable(), blockedReason: z.string().nullable(),
  verification: z.strictObject({
    outcome: z.enum(VERIFICATIONS), bankText: z.string().nullable(), answeredAt: z.iso.datetime(),
    importedBy: z.string().describe('by somebody who stands behind the account, it confirms nothing'),
  }).nullable()
    .describe('the bank\'s latest answer about IBAN and holder; null: none was imported'),
});

@Controller('settlement')
export class PayeeBankAccountsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('payees/:payeeId/bank-accounts')
  @HttpCode(201)
  @Api({
    summary: 'Enter a payee\'s bank account; it is paid to once another person has approved it', who: ['operator'], body,
    answer: versioned, status: 201, refusals: ['payee_unknown', 'payee_incomplete', 'bic_not_of_iban', 'iban_is_ours', 'iban_taken'],
  })
  async propose(@Param() param: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof versioned>> {
    const { payeeId } = parse(payeeParam, param);
    const outcome = await this.commands.execute(new ProposeBankAccount({ of: { payeeId }, ...parse(body, asked) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { bankAccountId: idOut('bankAccount', idOf('bankAccount', outcome.bankAccountId)), version: outcome.version };
  }

  @Post('payee-bank-accounts/:bankAccountId/approvals')
  @HttpCode(201)
  @Api({
    summary: 'Approve a payee\'s bank account that another person entered', who: ['operator', 'approver'], freshSecondFactor: true, body: approval,
    answer: versioned, status: 201,
    refusals: ['payee_bank_account_unknown', 'bank_account_approved', 'checker_is_maker', 'bank_account_superseded', 'iban_taken', 'payee_not_verified'],
  })
  async approve(@Param() param: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof versioned>> {
    const outcome = await this.commands.execute(new ApproveBankAccount({ ...parse(accountParam, param), ...parse(approval, asked) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { bankAccountId: idOut('bankAccount', idOf('bankAccount', outcome.bankAccountId)), version: outcome.version };
  }

  /** In full, unlike everywhere else: the checker compares the IBAN with a document. */
  @Get('payees/:payeeId/bank-accounts')
  @Api({
    summary: 'The versions of a payee\'s bank account, newest first', who: ['operator', 'approver'],
    answer: z.strictObject({ items: z.array(shown) }),
  })
  async versions(@Param() param: unknown): Promise<{ items: z.output<typeof shown>[] }> {
    const { payeeId } = parse(payeeParam, param);
    const versions = await this.queries.execute(new ListBankAccountVersions(payeeId));
    return {
      items: versions.map(({ id, version, iban, bic, holder, maker, placeId, checker, approvalReason, verification, ...at }) => ({
        bankAccountId: idOut('bankAccount', id), version, iban, bic, holder, maker, checker, approvalReason, verification,
        placeId: placeId && idOut('place', placeId), holderDiffers: holderDiffers({ placeId, holder, legalName: at.legalName }),
        state: stateOf(at), proposedAt: at.proposedAt.toISOString(), approvedAt: at.approvedAt?.toISOString() ?? null,
        replacedAt: at.replacedAt?.toISOString() ?? null, blockedAt: at.blockedAt?.toISOString() ?? null, blockedReason: at.blockedReason,
      })),
    };
  }
}

export const stateOf = (
  { blockedAt, replacedAt, approved }: Pick<ShownBankAccountVersion, 'blockedAt' | 'replacedAt' | 'approved'>,
): z.output<typeof shown>['state'] => (blockedAt ? 'blocked' : replacedAt ? 'replaced' : approved ? 'approved' : 'proposed');
