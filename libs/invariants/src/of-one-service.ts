// What can be asked where one service runs alone, of whatever tier: everything that reads no table of another.
import { SERVICES, type Service } from '#libs/contracts';
import { CATALOGUE } from './catalogue.js';
import type { Invariant } from './invariant.js';

/** A schema is called as its service is. */
const readsOnly = ({ sql }: Invariant, schema: Service): boolean =>
  SERVICES.every((other) => other === schema || !new RegExp(`\\b${other}\\.`).test(sql));

export const ofOneService = (schema: Service): Invariant[] => CATALOGUE.filter((invariant) => readsOnly(invariant, schema));
