// What the pages of targets ask audit, and what a person types: as text, so that a wrong word is shown again beside what is wrong with it.
import { z } from 'zod';
import { isCommune, isDepartement } from '#libs/kernel';
import type { Read, Services } from '../services.js';

export const KINDS = ['commune', 'epci', 'departement'] as const;
export type Kind = (typeof KINDS)[number];
const programmeId = z.string().regex(/^prg_[0-9a-f-]{36}$/);
const year = z.string().regex(/^20\d\d$/);
export const TargetsQuery = z.object({ programmeId: programmeId.optional(), year: year.optional().catch(undefined) });
const TEXT_MAX = 500;
export const TargetDraft = z.object({
  programmeId, year, kind: z.enum(KINDS), code: z.string().max(20).transform((text) => text.replaceAll(/\s/g, '').toUpperCase()), redemptions: z.string().trim().max(20),
  reason: z.string().trim().max(TEXT_MAX),
});
export type Draft = z.output<typeof TargetDraft>;
export const ConfirmForm = TargetDraft.extend({ key: z.uuid(), previousVersion: z.string().regex(/^\d{1,6}$/) });

const target = z.object({
  kind: z.enum(KINDS), code: z.string(), version: z.int(), redemptions: z.int(), reason: z.string(), reached: z.int().nullable(),
  setBy: z.string().nullable(), setAt: z.string(),
});
const targetsShape = z.object({ items: z.array(target) });
export type Target = z.output<typeof target>;
export type Targets = z.output<typeof targetsShape>;
export type Asked = Readonly<{ programmeId: string; year: string }>;

export const loadTargets = (services: Services, bearer: string, { programmeId: of, year: in_ }: Asked): Promise<Read<Targets>> =>
  services.get(`/audit/territory-targets?${new URLSearchParams({ programmeId: of, year: in_ })}`, targetsShape, bearer);

/** Null: nobody aims at anything there yet. */
export const inForce = ({ items }: Targets, { kind, code }: Draft): Target | null =>
  items.find((one) => one.kind === kind && one.code === code) ?? null;

type Confirmed = Readonly<{ key: string; previousVersion: number; draft: Draft }>;
export function setTarget(services: Services, bearer: string, { key, previousVersion, draft }: Confirmed): Promise<Read<unknown>> {
  const body = { ...draft, year: Number(draft.year), redemptions: wholeOf(draft.redemptions) ?? 0, previousVersion };
  return services.post('/audit/territory-targets', z.unknown(), bearer, { key, body });
}

const REASON_MIN = 10;
const REDEMPTIONS_MAX = 10_000_000;
const IS_CODE: Readonly<Record<Kind, (code: string) => boolean>> = {
  commune: isCommune, departement: isDepartement, epci: (code) => /^\d{9}$/.test(code),
};

/** As people type thousands; undefined for what is no number of services. A sign before one or two digits is no thousand. */
const WHOLE = /^(?:\d{1,8}|\d{1,3}(?:[\s.,]\d{3}){1,2})$/;
export function wholeOf(typed: string): number | undefined {
  const number = WHOLE.test(typed) ? Number(typed.replaceAll(/[\s.,]/g, '')) : 0;
  return number >= 1 && number <= REDEMPTIONS_MAX ? number : undefined;
}

/** Which fields are wrong. */
export const wrongIn = ({ kind, code, redemptions, reason }: Draft): ReadonlySet<'code' | 'redemptions' | 'reason'> => new Set([
  ...(IS_CODE[kind](code) ? [] : ['code'] as const), ...(wholeOf(redemptions) === undefined ? ['redemptions'] as const : []),
  ...(reason.length < REASON_MIN ? ['reason'] as const : []),
]);
