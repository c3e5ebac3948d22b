import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { registerRefusals } from '#libs/http';
import { keyRequestPages } from '#libs/key-requests';
import { Keyring } from '#libs/keys';
import { QueueDesk, queueControllers } from '#libs/queue-desk';
import { lifecycleToken, type ServiceSettings } from '#libs/service';
import { AddMemberController } from './add-member/add-member.controller.js';
import { AddMemberHandler } from './add-member/add-member.handler.js';
import { EndApiKeyHandler, ExchangeApiKeyHandler, ListApiKeysHandler, MakeApiKeyHandler } from './api-keys/api-keys.handlers.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { AddPasskeyController } from './add-passkey/add-passkey.controller.js';
import { AddPasskeyHandler, BeginPasskeyHandler } from './add-passkey/add-passkey.handlers.js';
import { AskLinkController } from './ask-link/ask-link.controller.js';
import { AskLinkHandler } from './ask-link/ask-link.handler.js';
import { Authentication } from './authentication.js';
import { ChangeRolesController } from './change-roles/change-roles.controller.js';
import { ChangeRolesHandler } from './change-roles/change-roles.handler.js';
import { ChooseNoticesController } from './choose-notices/choose-notices.controller.js';
import { ChooseNoticesHandler, ShowNoticeChoiceHandler } from './choose-notices/choose-notices.handler.js';
import { ChoosePasswordController } from './choose-password/choose-password.controller.js';
import { ChoosePasswordHandler, LookAtLinkHandler } from './choose-password/choose-password.handler.js';
import { ConfirmMemberController } from './confirm-member/confirm-member.controller.js';
import { ConfirmMemberHandler } from './confirm-member/confirm-member.handler.js';
import { ListProposedMembersHandler } from './confirm-member/list-proposed-members.handler.js';
import { FirstPeopleDesk, type CreatedPerson, type FirstPerson } from './create-first-people/create-first-people.js';
import { CreateOrganisationController } from './create-organisation/create-organisation.controller.js';
import { CreateOrganisationHandler } from './create-organisation/create-organisation.handler.js';
import { EndMemberController } from './end-member/end-member.controller.js';
import { EndMemberHandler } from './end-member/end-member.handler.js';
import { IdentityLifecycle, openIdentity } from './identity.lifecycle.js';
import { IdentityWork } from './identity.work.js';
import { ImpersonationsController } from './impersonations/impersonations.controller.js';
import {
  BeginImpersonationHandler, EndImpersonationHandler, FindOrganisationsHandler, IssueImpersonationTokenHandler,
  ListImpersonationReadingsHandler, ListImpersonationsHandler,
} from './impersonations/impersonations.handlers.js';
import { InviteAgainController } from './invite-again/invite-again.controller.js';
import { InviteAgainHandler } from './invite-again/invite-again.handler.js';
import { IssueTokenController } from './issue-token/issue-token.controller.js';
import { IssueTokenHandler } from './issue-token/issue-token.handler.js';
import { TokenSigner } from './issue-token/token-signer.js';
import { REFUSALS } from './refusals.js';
import { ResetSecondFactorController } from './reset-second-factor/reset-second-factor.controller.js';
import { ResetSecondFactorHandler } from './reset-second-factor/reset-second-factor.handler.js';
import { SecondFactorDesk } from './second-factor/second-factor-desk.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import {
  BeginSecondFactorHandler, ConfirmSecondFactorHandler, ShowSecondFactorHandler, UseSecondFactorHandler,
} from './second-factor/second-factor.handlers.js';
import { ListMembersController } from './list-members/list-members.controller.js';
import { ListMembersHandler } from './list-members/list-members.handler.js';
import { MailLinkDesk } from './mail-links/mail-link-desk.js';
import { ConfirmMandateHandler, EndMandateHandler, GiveMandateHandler, ListAuditingBodiesHandler, ListMandatesHandler } from './mandates/mandates.handlers.js';
import { MandatesController } from './mandates/mandates.controller.js';
import { NoticeSender } from './send-notices/notice-sender.js';
import { MeanNoticeHandler } from './send-notices/send-notices.handler.js';
import { ShowMeController } from './show-me/show-me.controller.js';
import { ShowMeHandler } from './show-me/show-me.handler.js';
import { OwnPasskeysController } from './own-passkeys/own-passkeys.controller.js';
import { EndPasskeyHandler, NamePasskeyHandler, ShowPasskeysHandler } from './own-passkeys/own-passkeys.handlers.js';
import { PasskeyDesk } from './passkeys/passkey-desk.js';
import { ProveByPasskeyController } from './prove-by-passkey/prove-by-passkey.controller.js';
import { AskForPasskeyHandler, ProveByPasskeyHandler } from './prove-by-passkey/prove-by-passkey.handler.js';
import { RevocationsController } from './revocations/revocations.controller.js';
import { ShowRevocationsHandler } from './revocations/revocations.handler.js';
import { ListSavedViewsHandler, RemoveViewHandler, RenameViewHandler, SaveViewHandler } from './saved-views/saved-view.handlers.js';
import { SavedViewsController } from './saved-views/saved-views.controller.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { EndSessionsHandler, ShowSessionsHandler } from './sessions/sessions.handlers.js';
import { SignInByLinkHandler } from './sign-in-by-link/sign-in-by-link.handler.js';
import { SignInByPasskeyController } from './sign-in-by-passkey/sign-in-by-passkey.controller.js';
import { SignInByPasskeyHandler } from './sign-in-by-passkey/sign-in-by-passkey.handler.js';
import { AddressCount } from './sign-in/address-count.js';
import { SignInAttempts } from './sign-in/sign-in-attempts.js';
import { SignInController } from './sign-in/sign-in.controller.js';

registerRefusals('identity', REFUSALS);

/** People, organisations, sessions and the tokens that the other services read. Its keyring must sign `identity-token`. */
@Module({})
export class IdentityModule {
  static register(settings: ServiceSettings): DynamicModule {
    const { work, authentication, pool, sender, links } = openIdentity(settings);
    return {
      module: IdentityModule,
      imports: [CqrsModule],
      controllers: [
        SignInController, IssueTokenController, CreateOrganisationController, AddMemberController, ConfirmMemberController,
        ShowMeController, ChooseNoticesController, SecondFactorController, ResetSecondFactorController,
        MandatesController, ChoosePasswordController, InviteAgainController, AskLinkController,
        SessionsController, RevocationsController, EndMemberController, ChangeRolesController, ListMembersController,
        ...queueControllers('identity'), SavedViewsController,
        ImpersonationsController, ApiKeysController, keyRequestPages('identity', IdentityWork),
        AddPasskeyController, OwnPasskeysController, SignInByPasskeyController, ProveByPasskeyController,
      ],
      providers: [
        { provide: IdentityWork, useValue: work }, { provide: QueueDesk, useValue: new QueueDesk(work) },
        { provide: Authentication, useValue: authentication },
        { provide: Keyring, useValue: settings.keyring },
        { provide: TokenSigner, useValue: new TokenSigner(settings.keyring) },
        { provide: SecondFactorDesk, useValue: new SecondFactorDesk(settings.keyring) },
        { provide: PasskeyDesk, useValue: new PasskeyDesk(settings.keyring, settings.baseUrl) },
        { provide: AddressCount, useValue: new AddressCount(work, settings.keyring) },
        { provide: SignInAttempts, useValue: new SignInAttempts() },
        { provide: FirstPeopleDesk, useValue: new FirstPeopleDesk(work, authentication) },
        { provide: NoticeSender, useValue: sender },
        { provide: MailLinkDesk, useValue: links },
        {
          provide: lifecycleToken('identity'), inject: [CommandBus],
          useFactory: (commands: CommandBus) => new IdentityLifecycle(settings, { work, pool, sender }, commands),
        },
        IssueTokenHandler, ShowMeHandler, CreateOrganisationHandler, AddMemberHandler, ConfirmMemberHandler, ListProposedMembersHandler,
        ChoosePasswordHandler, LookAtLinkHandler, InviteAgainHandler, AskLinkHandler, SignInByLinkHandler,
        ShowSessionsHandler, EndSessionsHandler, ShowRevocationsHandler, EndMemberHandler, ChangeRolesHandler, ListMembersHandler,
        MeanNoticeHandler, ChooseNoticesHandler, ShowNoticeChoiceHandler,
        BeginSecondFactorHandler, ConfirmSecondFactorHandler, UseSecondFactorHandler, ShowSecondFactorHandler, ResetSecondFactorHandler,
        BeginPasskeyHandler, AddPasskeyHandler, ShowPasskeysHandler, NamePasskeyHandler, EndPasskeyHandler,
        SignInByPasskeyHandler, ProveByPasskeyHandler, AskForPasskeyHandler,
        GiveMandateHandler, ConfirmMandateHandler, EndMandateHandler, ListMandatesHandler, ListAuditingBodiesHandler,
        SaveViewHandler, RenameViewHandler, RemoveViewHandler, ListSavedViewsHandler,
        BeginImpersonationHandler, EndImpersonationHandler, IssueImpersonationTokenHandler, ListImpersonationsHandler,
        ListImpersonationReadingsHandler, FindOrganisationsHandler, MakeApiKeyHandler, EndApiKeyHandler, ListApiKeysHandler,
        ExchangeApiKeyHandler,
      ],
      exports: [lifecycleToken('identity'), FirstPeopleDesk],
    };
  }
}

/** For the start of an app: makes the first operator when there is nobody yet; undefined when there is. */
export const createFirstOperator = (app: INestApplicationContext, operator: FirstPerson): Promise<CreatedPerson | undefined> =>
  app.get(FirstPeopleDesk, { strict: false }).createOperator(operator);

/** Right after it: the one who approves what the first operator does; undefined when the operator has two people or more. */
export const createFirstApprover = (app: INestApplicationContext, approver: FirstPerson): Promise<CreatedPerson | undefined> =>
  app.get(FirstPeopleDesk, { strict: false }).createApprover(approver);
