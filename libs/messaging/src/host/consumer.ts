// What a service does with the messages that are routed to it. At boot the table is checked both ways: a message without
// a consumer would be lost work, a consumer without a route is dead code.
import type { BodyOf, Contract, Envelope, Service } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { Routing } from '../routing.js';

type Take<Body> = (message: Envelope<Body>, tx: Tx, sender: Service) => Promise<unknown>;
type TakeAll<Body> = (messages: readonly Envelope<Body>[], tx: Tx, sender: Service) => Promise<readonly Envelope<Body>[]>;

export type Consumer = Readonly<{
  /** `*`: every type. */
  type: string;
  /** A refusal that it returns is logged and done; what it throws is tried again and ends as a dead letter. */
  take: Take<unknown>;
  /**
   * What `take` does for each, in a few statements for all: for what comes by the thousand. It is handed messages that follow each
   * other in one batch, and answers those that it left alone, which `take` then gets one by one: whatever is not ordinary. It
   * emits nothing and refuses nothing. When it throws, its batch is taken message by message.
   */
  takeAll?: TakeAll<unknown>;
}>;

export function defineConsumer<C extends Contract>(contract: C, take: Take<BodyOf<C>>, takeAll?: TakeAll<BodyOf<C>>): Consumer {
  return { type: contract.type, take: take as Take<unknown>, ...(takeAll && { takeAll: takeAll as TakeAll<unknown> }) };
}

/** For audit: takes every message of everybody, also of types that this version does not know yet. */
export function defineCatchAll(take: Take<unknown>, takeAll?: TakeAll<unknown>): Consumer {
  return { type: '*', take, ...(takeAll && { takeAll }) };
}

/** Throws with the whole list when a routed type has not exactly one consumer, or a consumer has no route. */
export function checkConsumers(service: Service, consumers: readonly Consumer[], routing: Routing): void {
  const routed = routing.typesFor(service);
  const counted = (type: string) => consumers.filter((consumer) => consumer.type === type || consumer.type === '*').length;
  const faults = [
    ...routed.filter((type) => counted(type) === 0).map((type) => `${type} has no consumer`),
    ...routed.filter((type) => counted(type) > 1).map((type) => `${type} has ${counted(type)} consumers`),
    ...consumers.filter(({ type }) => type !== '*' && !routed.includes(type))
      .map(({ type }) => `${type} has a consumer and no route`),
  ];
  if (faults.length > 0) throw new Error(`consumers of ${service}: ${[...new Set(faults)].join('; ')}`);
}
