import { encode } from 'uqr';
import { html, type Html } from './html.js';

/** Modules of white around it, without which cameras do not find it (ISO/IEC 18004, 6.3.8). */
const MARGIN = 4;

/** How much of it may be dirty and still be read; what a payment square has to have is more. */
type Correction = 'L' | 'M';

/** Black on white whatever the colours of the page: a camera reads nothing else for sure. */
export function qr(text: string, label: string, ecc: Correction = 'L'): Html {
  const { data } = encode(text, { border: 0, ecc });
  const size = data.length + 2 * MARGIN;
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + MARGIN} ${y + MARGIN}h1v1h-1z`] : [])));
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${modules.join('')}" fill="#000"/></svg>`;
}
