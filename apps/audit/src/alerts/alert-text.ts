// What an alert says, in the words of somebody who is tired: what was counted, against which bound, and nothing about why.
import type { AlertRule } from '../alert-rules/figures.decision.js';

export type Told = Readonly<{
  rule: AlertRule; windowFrom: string; windowTo: string; measured: Readonly<Record<string, number>>; isPlace: boolean;
}>;
export type AlertText = Readonly<{ fr: string; en: string }>;

const clock = (minute: number | undefined): string => `${String(Math.floor(minute! / 60)).padStart(2, '0')}:${String(minute! % 60).padStart(2, '0')}`;
const dayFr = (day: string): string => day.split('-').reverse().join('/');

const SENTENCES: Readonly<Record<AlertRule, (m: Told['measured'], isPlace: boolean) => AlertText>> = {
  place_velocity: ({ most, minutes, bound }) => ({
    fr: `${most} personnes encaissées en ${minutes} minutes dans ce lieu ; au-delà de ${bound}, nous regardons. Un atelier compte pour une.`,
    en: `${most} people redeemed within ${minutes} minutes at this place; above ${bound} we look. A workshop counts as one.`,
  }),
  device_velocity: ({ most, minutes, bound }) => ({
    fr: `${most} personnes encaissées en ${minutes} minutes sur un seul appareil ; au-delà de ${bound}, nous regardons. Un atelier compte pour une.`,
    en: `${most} people redeemed within ${minutes} minutes on one device; above ${bound} we look. A workshop counts as one.`,
  }),
  instant_drain: ({ handOvers, minutes, bound }) => ({
    fr: `${handOvers} remises de chèques dépensées dans ce lieu moins de ${minutes} minutes après la remise, hors atelier ; à partir de ${bound}, nous regardons.`,
    en: `${handOvers} hand-overs were spent at this place within ${minutes} minutes, outside of a workshop; from ${bound} on we look.`,
  }),
  emptied_booklets: ({ booklets, minutes, bound }) => ({
    fr: `${booklets} carnets entiers vidés dans ce lieu, chacun en moins de ${minutes} minutes ; à partir de ${bound} par jour, nous regardons.`,
    en: `${booklets} whole booklets were emptied at this place, each within ${minutes} minutes; from ${bound} a day on we look.`,
  }),
  neighbouring_vouchers: ({ persons, minutes, bound }) => ({
    fr: `${persons} chèques qui se suivent dans leur lot, encaissés dans ce lieu en ${minutes} minutes, hors atelier ; à partir de ${bound}, nous regardons.`,
    en: `${persons} vouchers that follow one another in their batch, redeemed at this place within ${minutes} minutes, outside of a workshop; from ${bound} on we look.`,
  }),
  too_many_workshops: ({ count, bound }) => ({
    fr: `${count} ateliers dans ce lieu en un jour ; au-delà de ${bound}, nous regardons.`,
    en: `${count} workshops at this place in one day; above ${bound} we look.`,
  }),
  night: ({ count, bound, from, to }) => ({
    fr: `${count} encaissements entre ${clock(from)} et ${clock(to)}, à l’heure du lieu ; au-delà de ${bound}, nous regardons.`,
    en: `${count} redemptions between ${clock(from)} and ${clock(to)}, by the clock of the place; above ${bound} we look.`,
  }),
  concentration: ({ vouchers, of, percent, bound }) => ({
    fr: `${percent} % des chèques d’un distributeur (${vouchers} sur ${of}) dépensés dans ce lieu, hors atelier ; à partir de ${bound} %, nous regardons.`,
    en: `${percent} % of the vouchers of one distributor (${vouchers} of ${of}) were used at this place, outside of workshops; from ${bound} % on we look.`,
  }),
  constructed_codes: ({ codes }, isPlace) => ({
    fr: `${codes} codes que personne ne connaît saisis en un quart d’heure ${isPlace ? 'dans ce lieu' : 'sur l’ensemble des caisses'}.`,
    en: `${codes} codes that nobody knows were entered within a quarter of an hour ${isPlace ? 'at this place' : 'at all tills together'}.`,
  }),
};

export function alertText({ rule, windowFrom, windowTo, measured, isPlace }: Told): AlertText {
  const { fr, en } = SENTENCES[rule](measured, isPlace);
  return windowFrom === windowTo
    ? { fr: `Le ${dayFr(windowFrom)} : ${fr}`, en: `On ${windowFrom}: ${en}` }
    : { fr: `Du ${dayFr(windowFrom)} au ${dayFr(windowTo)} : ${fr}`, en: `From ${windowFrom} to ${windowTo}: ${en}` };
}
