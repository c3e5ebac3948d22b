// Where the pages find the services: by HTTP, as anybody else would.
export type ServiceName = 'issuance' | 'redemption' | 'settlement' | 'audit' | 'identity';

export type WebLog = { warn(fields: object, message: string): void; error(fields: object, message: string): void };

/** A class, because Nest hands it out by its name. */
export class WebSettings {
  readonly origins!: Readonly<Record<ServiceName, string>>;
  /** The public origin: decides whether cookies are for https alone. */
  readonly baseUrl!: string;
  readonly log!: WebLog;
}
