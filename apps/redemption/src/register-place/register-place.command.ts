import { Command } from '@nestjs/cqrs';
import type { PlaceId, Rejected, SiteId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type PlaceText = Readonly<{ siret: string; name: string; siteName: string; timeZone: string }>;
export type Registered = Readonly<{ placeId: PlaceId; siteId: SiteId }>;

/** A new place, with the site where it renders services. */
export class RegisterPlace extends Command<Registered | Rejected> {
  constructor(readonly place: PlaceText, readonly meta: Meta) {
    super();
  }
}
