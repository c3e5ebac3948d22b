// What a rule is, and which contracts there are: by type, so that one that nobody decided about does not compile.
import type { BodyOf, Service } from '#libs/contracts';
import type { Move } from './restated-transfer.js';

type Exported = typeof import('#libs/contracts');
type AnyContract = Readonly<{ type: string; schema: unknown; sample: unknown; postings: unknown }>;

/** The body of each message, by its type. */
export type Bodies = {
  [Name in keyof Exported as Exported[Name] extends AnyContract ? Exported[Name]['type'] : never]: BodyOf<Exported[Name]>;
};
export type MessageType = keyof Bodies;

export type Rule<Body> = (body: Body, sender: Service) => Move[];
export type MoneyRules = { [Type in MessageType]?: Rule<Bodies[Type]> };

export const MOVES_NOTHING = 'moves nothing';
export type MessageRules = { readonly [Type in MessageType]: Rule<Bodies[Type]> | typeof MOVES_NOTHING };

