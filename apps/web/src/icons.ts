// Outline icons on a grid of 24, after Tabler (MIT). They stand beside a word, so screen readers skip them.
import { html, Html } from './html.js';

const SHAPES = {
  done: '<circle cx="12" cy="12" r="9"/><path d="m9 12 2 2 4-4"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 3"/>',
  refused: '<rect x="3" y="3" width="18" height="18" rx="5"/><path d="m10 10 4 4m0-4-4 4"/>',
  underway: '<circle cx="12" cy="12" r="9" stroke-dasharray="4 3"/>',
  closed: '<rect x="5" y="11" width="14" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>',
  hourglass: '<path d="M6 4h12M6 20h12M7 4v3a5 5 0 0 0 10 0V4M7 20v-3a5 5 0 0 1 10 0v3"/>',
  home: '<path d="m4 12 8-8 8 8M6 10v10h12V10M10 20v-6h4v6"/>',
  scan: '<path d="M4 8V6a2 2 0 0 1 2-2h2M4 16v2a2 2 0 0 0 2 2h2M16 4h2a2 2 0 0 1 2 2v2M16 20h2a2 2 0 0 0 2-2v-2M5 12h14"/>',
  camera: '<path d="M5 8h2l2-3h6l2 3h2a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2"/><circle cx="12" cy="13.5" r="3.5"/>',
  offline: '<path d="M4 9a13 13 0 0 1 4-2.4M20 9a13 13 0 0 0-8-3M7.5 13a8 8 0 0 1 3-1.7M10.5 16.3a3 3 0 0 1 3 0M12 19.5v.01M3 3l18 18"/>',
  send: '<path d="M12 20V6M6 12l6-6 6 6"/>',
  undo: '<path d="m9 14-4-4 4-4M5 10h9a5 5 0 0 1 0 10h-3"/>',
  people: '<circle cx="12" cy="9" r="3"/><path d="M6.5 20a5.5 5.5 0 0 1 11 0"/><circle cx="5" cy="7" r="2"/><circle cx="19" cy="7" r="2"/>',
  device: '<rect x="6" y="3" width="12" height="18" rx="2"/><path d="M11 17.5h2"/>',
  print: '<path d="M7 9V4h10v5M7 17H5a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-2M7 14h10v6H7z"/>',
  events: '<path d="M9 6h11M9 12h11M9 18h11M5 6v.01M5 12v.01M5 18v.01"/>',
  money: '<rect x="3" y="6" width="18" height="12" rx="2"/><circle cx="12" cy="12" r="2.5"/><path d="M6.5 12h.01M17.5 12h.01"/>',
  bank: '<path d="M3 10 12 4l9 6M4 20h16M6 10v10M10 10v10M14 10v10M18 10v10"/>',
  more: '<path d="M4 6h16M4 12h16M4 18h16"/>',
  trace: '<circle cx="6" cy="6" r="2.5"/><circle cx="18" cy="18" r="2.5"/><path d="M8.500 6H15a3 3 0 0 1 0 6H9a3 3 0 0 0 0 6h6.500"/>',
  day: '<rect x="4" y="5" width="16" height="16" rx="2"/><path d="M16 3v4M8 3v4M4 11h16"/>',
  place: '<path d="M3 21h18M3 7v1a3 3 0 0 0 6 0V7m0 1a3 3 0 0 0 6 0V7m0 1a3 3 0 0 0 6 0V7H3l2-4h14l2 4M5 21V10.8M19 21V10.8M9 21v-4a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v4"/>',
  tariff: '<path d="M4 5h6v4H4zM4 15h6v4H4zM13 6h7M13 8.5h5M13 16h7M13 18.5h5"/>',
  tasks: '<path d="M9 5H7a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2h-2M9 5a2 2 0 0 1 2-2h2a2 2 0 0 1 0 4h-2a2 2 0 0 1-2-2M9 14l2 2 4-4"/>',
  voucher: '<path d="M4 6h16a1 1 0 0 1 1 1v3a2 2 0 0 0 0 4v3a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-3a2 2 0 0 0 0-4V7a1 1 0 0 1 1-1M15 6v2M15 11v2M15 16v2"/>',
} as const;
export type IconName = keyof typeof SHAPES;

export const icon = (name: IconName): Html => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${new Html(SHAPES[name])}</svg>`;

export const MARK = new Html('<svg viewBox="0 0 32 32" aria-hidden="true"><path fill="currentColor" fill-rule="evenodd" '
  + 'd="M16 0a16 16 0 1 1 0 32 16 16 0 0 1 0-32zM7 25V15.2a4.7 4.7 0 0 1 9-1.9 4.7 4.7 0 0 1 9 1.9V25h-3.6v-9.6a1.8 1.8 0 0 0-3.6 0V25h-3.6v-9.6a1.8 1.8 0 0 0-3.6 0V25z"/></svg>');
