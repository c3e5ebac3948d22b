import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { TokenVerifier } from '#libs/auth';
import { Collector } from '../till/collector.js';
import { TillGuard } from '../till-limits/till-guard.js';
import { CodeHasher } from './code-hasher.js';
import { installTillRoute } from './redeem-voucher.route.js';

/** Puts the hot route on the Fastify instance of whichever app this module runs in. */
@Injectable()
export class TillEdge implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    readonly verifier: TokenVerifier,
    readonly hasher: CodeHasher,
    readonly collector: Collector,
    readonly guard: TillGuard,
  ) {}

  onModuleInit(): void {
    installTillRoute(this.host.httpAdapter.getInstance<FastifyInstance>(), this);
  }
}
