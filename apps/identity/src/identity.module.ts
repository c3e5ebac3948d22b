import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { registerRefusals } from '#libs/http';
import { Keyring } from '#libs/keys';
import { lifecycleToken, type ServiceSettings } from '#libs/service';
import { AddMemberController } from './add-member/add-member.controller.js';
import { AddMemberHandler } from './add-member/add-member.handler.js';
import { Authentication } from './authentication.js';
import { FirstOperatorDesk, type CreatedOperator, type FirstOperator } from './create-first-operator/create-first-operator.js';
import { CreateOrganisationController } from './create-organisation/create-organisation.controller.js';
import { CreateOrganisationHandler } from './create-organisation/create-organisation.handler.js';
import { openIdentity } from './identity.lifecycle.js';
import { IdentityWork } from './identity.work.js';
import { IssueTokenController } from './issue-token/issue-token.controller.js';
import { IssueTokenHandler } from './issue-token/issue-token.handler.js';
import { TokenSigner } from './issue-token/token-signer.js';
import { REFUSALS } from './refusals.js';
import { ShowMeController } from './show-me/show-me.controller.js';
import { ShowMeHandler } from './show-me/show-me.handler.js';
import { SignInAttempts } from './sign-in/sign-in-attempts.js';
import { SignInController } from './sign-in/sign-in.controller.js';

registerRefusals('identity', REFUSALS);

/** People, organisations, sessions and the tokens that the other services read. Its keyring must sign `identity-token`. */
@Module({})
export class IdentityModule {
  static register(settings: ServiceSettings): DynamicModule {
    const { work, authentication, lifecycle } = openIdentity(settings);
    return {
      module: IdentityModule,
      imports: [CqrsModule],
      controllers: [SignInController, IssueTokenController, CreateOrganisationController, AddMemberController, ShowMeController],
      providers: [
        { provide: IdentityWork, useValue: work },
        { provide: Authentication, useValue: authentication },
        { provide: Keyring, useValue: settings.keyring },
        { provide: TokenSigner, useValue: new TokenSigner(settings.keyring) },
        { provide: SignInAttempts, useValue: new SignInAttempts() },
        { provide: FirstOperatorDesk, useValue: new FirstOperatorDesk(work, authentication) },
        { provide: lifecycleToken('identity'), useValue: lifecycle },
        IssueTokenHandler, ShowMeHandler, CreateOrganisationHandler, AddMemberHandler,
      ],
      exports: [lifecycleToken('identity'), FirstOperatorDesk],
    };
  }
}

/** For the start of an app: makes the first operator when there is nobody yet; undefined when there is. */
export const createFirstOperator = (app: INestApplicationContext, operator: FirstOperator): Promise<CreatedOperator | undefined> =>
  app.get(FirstOperatorDesk, { strict: false }).create(operator);
