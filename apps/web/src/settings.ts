// Where the pages find the services: by HTTP, as anybody else would.
export type ServiceName = 'issuance' | 'redemption' | 'settlement' | 'audit' | 'identity';

/** Whom people without an account can ring: shown where something may go wrong; left out where nobody answers. */
export type Help = Readonly<{ phone: string; hours: string }>;

/** `MEREAU_HELP_PHONE` as it is dialled, `MEREAU_HELP_HOURS` as it is read out. */
export function helpOf({ MEREAU_HELP_PHONE: phone, MEREAU_HELP_HOURS: hours = '' }: NodeJS.ProcessEnv): Readonly<{ help?: Help }> {
  return phone && /^[+0-9 ().-]{2,30}$/.test(phone) ? { help: { phone, hours } } : {};
}

export type WebLog = { warn(fields: object, message: string): void; error(fields: object, message: string): void };

/** A class, because Nest hands it out by its name. */
export class WebSettings {
  readonly origins!: Readonly<Record<ServiceName, string>>;
  /** The public origin: decides whether cookies are for https alone. */
  readonly baseUrl!: string;
  readonly log!: WebLog;
  readonly help?: Help;
}
