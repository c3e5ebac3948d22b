// Who had which rights at a moment, from what identity told until then. Of each right the event that proves it.
import type { LocalDate } from '#libs/kernel';

export type RightsEvent = Readonly<{
  eventId: string; type: string; at: Date; actor: Readonly<{ kind: string; id: string }>; body: Readonly<Record<string, unknown>>;
}>;

export type HeldMembership = Readonly<{
  organisationId: string; kind: string; partyId: string | null; userId: string; roles: readonly string[];
  /** Proposed: at the operator, until a second person has confirmed it. */
  state: 'in_force' | 'proposed'; since: Date; eventId: string;
}>;
export type HeldFactor = Readonly<{ userId: string; factorId: string; state: 'begun' | 'in_force'; since: Date; eventId: string }>;
export type HeldMandate = Readonly<{
  mandateId: string; organisationId: string; programmeIds: readonly string[]; payerIds: readonly string[]; from: LocalDate;
  until: LocalDate; eventId: string;
}>;
export type Rights = Readonly<{
  memberships: readonly HeldMembership[]; secondFactors: readonly HeldFactor[]; mandates: readonly HeldMandate[];
}>;

const text = (value: unknown): string => String(value);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** `events` in any order, those after `at` among them; `day` is the day of `at` where the operator is. */
export function rightsAt(events: readonly RightsEvent[], at: Date, day: LocalDate): Rights {
  const known = events.filter((event) => event.at.getTime() <= at.getTime()).sort((one, other) => one.at.getTime() - other.at.getTime());
  const of = (type: string) => known.filter((event) => event.type === type);
  return {
    memberships: membershipsOf(known, of('organisation.created.v1')),
    secondFactors: [...factorsOf(of('second_factor.changed.v1')), ...passkeysOf(of('passkey.changed.v1'))],
    mandates: mandatesOf(of('mandate.given.v1'), of('mandate.ended.v1'), day),
  };
}

/** `known` in their order: a membership lasts until it is removed, and another of the same person may follow. */
function membershipsOf(known: readonly RightsEvent[], created: readonly RightsEvent[]): HeldMembership[] {
  const nameOf = ({ body }: RightsEvent) => `${text(body['organisationId'])} ${text(body['userId'])}`;
  const [open, confirmations] = [new Map<string, RightsEvent>(), new Map<string, RightsEvent>()];
  for (const event of known) {
    const name = nameOf(event);
    if (event.type === 'member.added.v1') open.set(name, event);
    if (event.type === 'member.confirmed.v1') confirmations.set(name, event);
    if (event.type === 'member.removed.v1') for (const ended of [open, confirmations]) ended.delete(name);
  }
  const parties = new Map(created.map(({ body }) => [text(body['organisationId']), body['partyId'] === null ? null : text(body['partyId'])]));
  return [...open.values()].map((event) => {
    const { body } = event;
    const organisationId = text(body['organisationId']);
    const confirmation = confirmations.get(nameOf(event));
    const counts = body['kind'] === 'operator' ? confirmation : event;
    return {
      organisationId, kind: text(body['kind']), partyId: parties.get(organisationId) ?? null, userId: text(body['userId']), roles: texts(body['roles']),
      state: counts ? 'in_force' : 'proposed', since: (counts ?? event).at, eventId: (counts ?? event).eventId,
    };
  });
}

/** Of each person the one in force, or the one that waits for its first code where there is none. */
function factorsOf(changes: readonly RightsEvent[]): HeldFactor[] {
  const held = new Map<string, HeldFactor>();
  const waiting = new Map<string, HeldFactor>();
  for (const { eventId, at, body } of changes) {
    const [userId, factorId] = [text(body['userId']), text(body['factorId'])];
    const factor = { userId, factorId, since: at, eventId };
    if (body['step'] === 'begun') waiting.set(userId, { ...factor, state: 'begun' });
    if (body['step'] === 'confirmed') held.set(userId, { ...factor, state: 'in_force' });
    for (const factors of body['step'] === 'reset' ? [held, waiting] : body['step'] === 'confirmed' ? [waiting] : []) {
      if (factors.get(userId)?.factorId === factorId) factors.delete(userId);
    }
  }
  return [...held.values(), ...[...waiting.values()].filter(({ userId }) => !held.has(userId))];
}

/** A passkey is a second factor, too; a person may have several. */
function passkeysOf(changes: readonly RightsEvent[]): HeldFactor[] {
  const held = new Map<string, HeldFactor>();
  for (const { eventId, at, body } of changes) {
    const factorId = text(body['passkeyId']);
    if (body['step'] === 'added') held.set(factorId, { userId: text(body['userId']), factorId, state: 'in_force', since: at, eventId });
    if (body['step'] === 'ended') held.delete(factorId);
  }
  return [...held.values()];
}

function mandatesOf(given: readonly RightsEvent[], ended: readonly RightsEvent[], day: LocalDate): HeldMandate[] {
  const over = new Set(ended.map(({ body }) => text(body['mandateId'])));
  return given.map(({ eventId, body }) => ({
    eventId, mandateId: text(body['mandateId']), organisationId: text(body['organisationId']), programmeIds: texts(body['programmeIds']),
    payerIds: texts(body['payerIds']), from: text(body['from']) as LocalDate, until: text(body['until']) as LocalDate,
  })).filter(({ mandateId, from, until }) => !over.has(mandateId) && from <= day && day <= until);
}
