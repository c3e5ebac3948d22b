// Where vouchers are taken, as redemption tells anybody.
import { z } from 'zod';

const place = z.object({
  placeId: z.string(), name: z.string(), street: z.string().nullable(), complement: z.string().nullable(),
  postalCode: z.string().nullable(), commune: z.string().nullable(), telephone: z.string().nullable(),
  website: z.string().nullable(), appointmentPage: z.string().nullable(),
  accessibilityPage: z.string().nullable(), distanceKm: z.number().nullable(),
  latitude: z.number().nullable(), longitude: z.number().nullable(),
  openingHours: z.object({
    text: z.string(), state: z.enum(['open', 'closed', 'unknown']).nullable(), nextChange: z.string().nullable(), timeZone: z.string(),
  }).nullable(),
  programmes: z.array(z.object({ programmeId: z.string(), name: z.string(), services: z.array(z.string()) })),
});
export const placesShape = z.object({ items: z.array(place) });
export type PlaceToGo = z.output<typeof place>;
