// The life of money as one bar: pieces in the order of time, as wide as their money, with the amounts below in words.
import { amount } from '../format.js';
import { html, type Html } from '../html.js';
import type { Visit } from '../visit.js';
import type { LifeOfMoney } from './life-of-money.js';

const WIDTH = 1_000;
const HEIGHT = 28;
const GAP = 2;
/** A piece of one cent is still seen. */
const PIECE_MIN = 4;

type Stage = Readonly<{ name: string; cents: number; shade: string }>;

export function lifeBar({ say, language }: Visit, money: LifeOfMoney): Html {
  const stages: readonly Stage[] = [
    { name: say('Pas encore payé', 'Not paid yet'), cents: money.unpaidCents, shade: 'life-1' },
    { name: say('Payé, pas encore actif', 'Paid, not active yet'), cents: money.paidCents, shade: 'life-2' },
    { name: say('Actif, à utiliser', 'Active, to be used'), cents: money.activeCents, shade: 'life-3' },
    { name: say('Utilisé', 'Used'), cents: money.usedCents, shade: 'life-5' },
  ];
  return html`<div class="life" role="img" aria-label="${say('La vie de l’argent, les montants suivent', 'The life of money, amounts follow')}">${bar(stages)}</div>
<dl class="stages"><div><dt>${say('Commandé', 'Ordered')}</dt><dd>${amount(money.orderedCents, language)}</dd></div>${stages.map(({ name, cents, shade }) =>
    html`<div><dt><svg class="key" viewBox="0 0 12 12" aria-hidden="true"><rect class="${shade}" x="0.5" y="0.5" width="11" height="11" rx="2"/></svg>${
      name}</dt><dd>${amount(cents, language)}</dd></div>`)}</dl>`;
}

/** SVG, because a width in a style attribute would need the pages to allow inline styles. */
function bar(stages: readonly Stage[]): Html {
  const shown = stages.filter(({ cents }) => cents > 0);
  const sum = shown.reduce((total, { cents }) => total + cents, 0);
  const room = WIDTH - GAP * Math.max(0, shown.length - 1) - PIECE_MIN * shown.length;
  let x = 0;
  const pieces = shown.map(({ cents, shade }) => {
    const width = PIECE_MIN + (room * cents) / sum;
    const piece = html`<rect class="${shade}" x="${x.toFixed(1)}" y="0.5" width="${width.toFixed(1)}" height="${HEIGHT - 1}" vector-effect="non-scaling-stroke"/>`;
    x += width + GAP;
    return piece;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg>`;
}
