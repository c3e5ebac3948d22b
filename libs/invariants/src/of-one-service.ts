// What can be asked where one service runs alone, of whatever tier: everything that reads no table of another.
import { CATALOGUE } from './catalogue.js';
import type { Invariant } from './invariant.js';

const SCHEMAS = ['issuance', 'redemption', 'settlement', 'audit', 'identity'] as const;
export type ServiceOfOne = (typeof SCHEMAS)[number];

const readsOnly = ({ sql }: Invariant, schema: ServiceOfOne): boolean =>
  SCHEMAS.every((other) => other === schema || !new RegExp(`\\b${other}\\.`).test(sql));

export const ofOneService = (schema: ServiceOfOne): Invariant[] => CATALOGUE.filter((invariant) => readsOnly(invariant, schema));
