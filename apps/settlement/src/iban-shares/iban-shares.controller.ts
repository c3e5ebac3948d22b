import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { ibanIn, maskIban } from '../bank-fields.js';
import { REASON_LENGTH_MAX } from '../limits.js';
import { ApproveIbanShare, ProposeIbanShare, WithdrawIbanShare, type ProposedShare } from './iban-share.commands.js';
import { ListIbanShares, type ListedShare } from './list-iban-shares.query.js';

const payeeParam = z.strictObject({ payeeId: idIn('payee') });
const param = z.strictObject({ shareId: idIn('ibanShare') });
const body = z.strictObject({ iban: ibanIn, reason: textIn(REASON_LENGTH_MAX).describe('why two payees have one account') });
const answer = z.strictObject({ shareId: idText('ibanShare') });
const listed = z.strictObject({
  shareId: idText('ibanShare'), payeeId: idText('payee'), legalName: z.string().nullable(), iban: z.string().describe('masked'), reason: z.string(),
  proposedBy: z.string(), proposedAt: z.iso.datetime(), approvedBy: z.string().nullable(), approvedAt: z.iso.datetime().nullable(),
  withdrawnBy: z.string().nullable(), withdrawnAt: z.iso.datetime().nullable(),
  holders: z.array(idText('payee')).describe('who is paid on the IBAN now'),
});
const query = pageQuery.extend({ payeeId: idIn('payee').optional() });
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('ibanShare', uuid))]);

@Controller('settlement')
export class IbanSharesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('payees/:payeeId/iban-shares')
  @HttpCode(201)
  @Api({
    summary: 'Propose that a payee is paid on an IBAN that another payee has, with the reason; another person has to approve it', who: ['operator'],
    body, answer, status: 201, refusals: ['payee_unknown', 'iban_share_exists', 'iban_not_taken'],
  })
  async propose(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    const { payeeId } = parse(payeeParam, of);
    return show(await this.commands.execute(new ProposeIbanShare({ payeeId, ...parse(body, asked) }, meta)));
  }

  @Post('iban-shares/:shareId/approvals')
  @HttpCode(201)
  @Api({
    summary: 'Approve that two payees share an IBAN; then a bank account with it can be entered', who: ['approver'], freshSecondFactor: true, once: true, answer, status: 201,
    refusals: ['iban_share_unknown', 'iban_share_withdrawn', 'iban_share_approved', 'approver_proposed_share'],
  })
  async approve(@Param() of: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    return show(await this.commands.execute(new ApproveIbanShare(parse(param, of), meta)));
  }

  @Post('iban-shares/:shareId/withdrawal')
  @HttpCode(200)
  @Api({
    summary: 'Withdraw a proposal that an IBAN is shared, which nobody approved; it can be proposed again', who: ['operator', 'approver'], once: true,
    answer, refusals: ['iban_share_unknown', 'iban_share_withdrawn', 'iban_share_approved'],
  })
  async withdraw(@Param() of: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    return show(await this.commands.execute(new WithdrawIbanShare(parse(param, of), meta)));
  }

  @Get('iban-shares')
  @Api({ summary: 'IBANs that payees share, or may, the newest proposal first', who: ['operator', 'approver', 'auditor'], query, answer: pageAnswer(listed) })
  async list(@Query() asked: unknown) {
    const { limit, cursor, payeeId = null } = parse(query, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const rows = await this.queries.execute(new ListIbanShares({ before, rowsMax: limit + 1, payeeId }));
    return pageOf(rows, limit, ({ id }) => [id], showListed);
  }
}

function show(outcome: ProposedShare | Rejected): z.output<typeof answer> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { shareId: idOut('ibanShare', idOf('ibanShare', outcome.shareId)) };
}

function showListed({ id, payeeId, iban, proposedAt, approvedAt, withdrawnAt, holders, ...share }: ListedShare): z.output<typeof listed> {
  return {
    ...share, shareId: idOut('ibanShare', id), payeeId: idOut('payee', payeeId), iban: maskIban(iban), proposedAt: proposedAt.toISOString(),
    approvedAt: approvedAt?.toISOString() ?? null, withdrawnAt: withdrawnAt?.toISOString() ?? null,
    holders: holders.map((holder) => idOut('payee', holder)),
  };
}
