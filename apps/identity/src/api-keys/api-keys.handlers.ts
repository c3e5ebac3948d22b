import { timingSafeEqual } from 'node:crypto';
import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { scopesFor } from '#libs/auth';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { type KeyReused, readAs } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { TokenSigner } from '../issue-token/token-signer.js';
import { API_KEYS_LISTED_MAX, API_KEYS_MAX, KEY_TOKENS_MAX } from '../limits.js';
import type { RefusalCode } from '../refusals.js';
import { NoticeSender } from '../send-notices/notice-sender.js';
import { tellOrganisation } from '../send-notices/tell-organisation.js';
import { makeKey, prefixOf, sha256Of } from './api-key-secret.js';
import { decideExchange, decideKey, decideKeyEnd } from './api-key.decision.js';
import { countExchange, countInForce, endApiKey, findApiKey, insertApiKey, listApiKeys, lockApiKey } from './api-key.store.js';
import { EndApiKey, ExchangeApiKey, ListApiKeys, MakeApiKey, type Exchanged, type MadeKey } from './api-keys.commands.js';

/** With the command; never the key. */
type Kept = Omit<MadeKey, 'key'>;

@CommandHandler(MakeApiKey)
export class MakeApiKeyHandler implements ICommandHandler<MakeApiKey> {
  constructor(private readonly work: IdentityWork, private readonly sender: NoticeSender) {}

  /** The key is drawn outside, because what a command answers is kept with it, and a key is not. */
  async execute({ asked, meta }: MakeApiKey) {
    const drawn = makeKey();
    const made: Kept | Rejected<RefusalCode> | KeyReused = await this.work.once<Kept | Rejected<RefusalCode>>(meta, async (tx) => {
      const inForce = await countInForce(tx, asked.organisationId);
      const decided = decideKey({ scopes: asked.scopes, scopesAllowed: scopesFor(asked.kind), inForce, inForceMax: API_KEYS_MAX });
      if (isRejected(decided)) return decided;
      const keyId = tx.newId();
      const expiresAt = await insertApiKey(tx, { ...asked, keyId, prefix: drawn.prefix, sha256: drawn.sha256, madeBy: meta.callerId });
      await tellOrganisation(tx, { notice: 'api_key_made', organisationId: asked.organisationId, apiKeyId: keyId });
      return { keyId, prefix: drawn.prefix, expiresAt: expiresAt.toISOString() };
    });
    if (isRejected(made)) return made;
    this.sender.wake();
    return { ...made, key: made.prefix === drawn.prefix ? drawn.key : null };
  }
}

@CommandHandler(EndApiKey)
export class EndApiKeyHandler implements ICommandHandler<EndApiKey> {
  constructor(private readonly work: IdentityWork, private readonly sender: NoticeSender) {}

  async execute({ keyId, askedFrom, meta }: EndApiKey) {
    const outcome = await this.work.once(meta, async (tx) => {
      const key = await lockApiKey(tx, keyId);
      const decided = decideKeyEnd(key, { askedFrom, now: key?.now ?? tx.now });
      if (isRejected(decided)) return decided;
      await endApiKey(tx, key!, meta.callerId);
      await tellOrganisation(tx, { notice: 'api_key_ended', organisationId: key!.organisationId, apiKeyId: keyId });
      return { keyId };
    });
    this.sender.wake();
    return outcome;
  }
}

@QueryHandler(ListApiKeys)
export class ListApiKeysHandler implements IQueryHandler<ListApiKeys> {
  constructor(private readonly work: IdentityWork) {}

  execute({ organisationId }: ListApiKeys) {
    return readAs(this.work, organisationId, (sql) => listApiKeys(sql, organisationId, API_KEYS_LISTED_MAX));
  }
}

@CommandHandler(ExchangeApiKey)
export class ExchangeApiKeyHandler implements ICommandHandler<ExchangeApiKey> {
  constructor(private readonly work: IdentityWork, private readonly signer: TokenSigner) {}

  async execute({ brought }: ExchangeApiKey): Promise<Exchanged> {
    const prefix = prefixOf(brought);
    const found = prefix === undefined ? undefined : await findApiKey(this.work.client, prefix);
    const isRight = found !== undefined && timingSafeEqual(found.sha256, sha256Of(brought));
    const key = decideExchange(found, { isRight, now: found?.now ?? new Date() });
    // Who brings the right key of an organisation is told of in its log, even where it ended: somebody has it still.
    const whose = isRight ? { whose: { keyId: found.keyId, partyId: found.partyId } } : {};
    if (isRejected(key)) return { ...whose, outcome: key };
    const counted = await countExchange(this.work.client, key.keyId);
    if (!counted) return { ...whose, outcome: reject('api_key_over') };
    if (counted.count > KEY_TOKENS_MAX) return { ...whose, outcome: reject('api_key_throttled', { retryAfterSeconds: Math.max(1, counted.secondsLeft) }) };
    const { keyId, organisationId, kind, partyId, label: name, scopes, expiresAt } = key;
    const signed = await this.signer.signKey({ keyId, organisationId, organisationKind: kind, partyId, name, scopes }, expiresAt);
    return { ...whose, outcome: { ...signed, scopes } };
  }
}
