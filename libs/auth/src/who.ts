// Every route says who may call it. A route that says nothing is closed, and a tidy test lists it.
import 'reflect-metadata';
import { SetMetadata } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { MandateRule } from './mandate.js';
import type { KeyScope, Role } from './principal.js';

export type Who = 'anyone' | readonly Role[];

const WHO = 'mereau:who';

/** Part of `@Api`; alone only on pages, which have no API description. */
export const AllowOnly = (who: Who): MethodDecorator => SetMetadata(WHO, who);

const FRESH = 'mereau:second-factor';

/** Part of `@Api`: money or rights move here, and a session left open on a desk must not be enough. */
export const AskFreshSecondFactor = (): MethodDecorator => SetMetadata(FRESH, true);

export const asksFreshSecondFactor = (handler: object): boolean => Reflect.getMetadata(FRESH, handler) === true;

const MANDATE = 'mereau:mandate';

/** Part of `@Api`: what an auditor's mandate has to be, where not one for everything. */
export const AskMandate = (rule: MandateRule): MethodDecorator => SetMetadata(MANDATE, rule);

const KEY_SCOPE = 'mereau:key-scope';

/** Part of `@Api`: a key that has this scope may call it. A route without one is closed to every key. */
export const OpenToKeys = (scope: KeyScope): MethodDecorator => SetMetadata(KEY_SCOPE, scope);

const LOOKS_UP = 'mereau:looks-up';

/** Part of `@Api`: a POST that changes nothing, so that who looks as an organisation may ask it. */
export const LooksUp = (): MethodDecorator => SetMetadata(LOOKS_UP, true);

export const looksUp = (handler: object): boolean => Reflect.getMetadata(LOOKS_UP, handler) === true;

export const keyScopeOf = (handler: object): KeyScope | undefined => Reflect.getMetadata(KEY_SCOPE, handler) as KeyScope | undefined;

export const mandateRuleOf = (handler: object): MandateRule => (Reflect.getMetadata(MANDATE, handler) as MandateRule | undefined) ?? 'whole';

export const whoMay = (handler: object): Who | undefined => Reflect.getMetadata(WHO, handler) as Who | undefined;

/** `Controller.method` of each route that does not say who may call it. */
export function routesWithoutWho(app: INestApplicationContext): string[] {
  const found = new Set<string>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const prototype = (metatype as { prototype?: object } | null)?.prototype;
      if (!prototype) continue;
      for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
        const handler: unknown = property.value;
        if (name === 'constructor' || typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) continue;
        if (!whoMay(handler)) found.add(`${metatype?.name ?? '?'}.${name}`);
      }
    }
  }
  return [...found].sort();
}
