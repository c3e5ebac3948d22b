import { Body, Controller, Get, Header, HttpCode, Post, Query, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { KEY_SCOPES, noteKey, type Principal } from '#libs/auth';
import { Api, Caller, clientAddress, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected, reject } from '#libs/kernel';
import { ownOrganisation } from '../add-member/add-member.controller.js';
import { API_KEY_DAYS_MAX, API_KEY_LENGTH_MAX, API_KEY_LABEL_LENGTH_MAX } from '../limits.js';
import { AddressCount } from '../sign-in/address-count.js';
import { EndApiKey, ExchangeApiKey, ListApiKeys, MakeApiKey } from './api-keys.commands.js';

const scopes = z.array(z.enum(KEY_SCOPES)).min(1).max(KEY_SCOPES.length);
const Asked = z.strictObject({
  label: textIn(API_KEY_LABEL_LENGTH_MAX).describe('what it is for'),
  scopes: scopes.refine((all) => new Set(all).size === all.length, 'a scope twice'),
  days: z.int().min(1).max(API_KEY_DAYS_MAX).describe('how long it is good; a year at most'),
});
const keyId = idText('apiKey');
const Made = z.strictObject({
  keyId, prefix: z.string(), expiresAt: z.iso.datetime(),
  key: z.string().nullable().describe('shown once: null where the same command comes again'),
});
const Keys = z.strictObject({
  items: z.array(z.strictObject({
    keyId, label: z.string(), prefix: z.string(), scopes: z.array(z.enum(KEY_SCOPES)), state: z.enum(['in_force', 'ended', 'too_old']),
    madeBy: z.string(), madeById: idText('user'), madeAt: z.iso.datetime(), expiresAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(), endedBy: z.string().nullable(),
    lastUsedAt: z.iso.datetime().nullable().describe('to the hour'),
  })),
});
const Listed = z.strictObject({ organisationId: idIn('organisation').optional().describe('asked by the operator only: whose keys') });
const Ending = z.strictObject({ keyId: idIn('apiKey') });
const Ended = z.strictObject({ keyId });
const Brought = z.strictObject({ key: z.string().min(1).max(API_KEY_LENGTH_MAX) });
const Token = z.strictObject({ token: z.string(), expiresAt: z.iso.datetime(), scopes: z.array(z.enum(KEY_SCOPES)) });

/** Who answers for an organisation; at a place its managers. */
const WHO = ['payer', 'manager', 'distributor'] as const;
/** The operator takes members out anywhere, and must be able to end what they made. It makes none. */
const WHO_ENDS = [...WHO, 'operator', 'approver'] as const;

@Controller('identity/api-keys')
export class ApiKeysController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus, private readonly addresses: AddressCount) {}

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Make a key by which a program asks for the own organisation; it is shown in this answer and never again', who: WHO,
    freshSecondFactor: true, body: Asked, status: 201, answer: Made, refusals: ['scope_not_of_organisation', 'api_keys_too_many'],
  })
  async make(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const { organisationId, organisationKind: kind } = meta.caller;
    const outcome = await this.commands.execute(new MakeApiKey({ ...parse(Asked, body), organisationId, kind }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, keyId: shown(outcome.keyId) };
  }

  @Get()
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'The keys of the own organisation, for the operator of the one that it names; those in force first', who: WHO_ENDS, query: Listed,
    answer: Keys, refusals: ['organisation_not_found'],
  })
  async list(@Query() query: unknown, @Caller() caller: Principal) {
    const { organisationId = caller.organisationId } = parse(Listed, query);
    // To whom another organisation is none of their business, it is not there.
    if (![null, organisationId].includes(ownOrganisation(caller))) throw new Problem(reject('organisation_not_found'));
    const keys = await this.queries.execute(new ListApiKeys(organisationId));
    return {
      items: keys.map((key) => ({
        ...key, keyId: shown(key.keyId), madeAt: key.madeAt.toISOString(), expiresAt: key.expiresAt.toISOString(),
        endedAt: key.endedAt?.toISOString() ?? null, lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
      })),
    };
  }

  // It stops something, so it asks for no fresh code: who sees a key where it should not be must not first look for a phone.
  @Post('endings')
  @HttpCode(201)
  @Api({
    summary: 'End a key of the own organisation, the operator of any: its tokens are refused by every service within seconds', who: WHO_ENDS, body: Ending, status: 201,
    answer: Ended, refusals: ['api_key_not_found'],
  })
  async end(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const outcome = await this.commands.execute(new EndApiKey(parse(Ending, body).keyId, ownOrganisation(meta.caller), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { keyId: shown(outcome.keyId) };
  }

  /** The key stands in the body, which nothing logs; wrong ones are counted by network address, as wrong passwords are. */
  @Post('tokens')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Exchange a key for a token of five minutes, good for the routes of its scopes', who: 'anyone', body: Brought, answer: Token,
    refusals: ['api_key_over', 'api_key_throttled', 'sign_in_throttled'],
  })
  async exchange(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { key } = parse(Brought, body);
    const address = clientAddress(request);
    const retryAfterSeconds = await this.addresses.begin(address, 'key');
    if (retryAfterSeconds !== undefined) throw new Problem(reject('sign_in_throttled', { retryAfterSeconds }));
    const { whose, outcome } = await this.commands.execute(new ExchangeApiKey(key));
    const isOver = isRejected(outcome) && outcome.code !== 'api_key_throttled';
    if (!isOver) await this.addresses.succeed(address, 'key');
    // Not where it comes too often: a program that loops must not fill the log of its organisation.
    if (whose && (isOver || !isRejected(outcome))) noteKey(request, whose);
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }
}

const shown = (id: string): string => idOut('apiKey', idOf('apiKey', id));
