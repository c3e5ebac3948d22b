// A made-up list of places in the national standard, with what real lists suffer from: a place twice, one without a
// number, one without a name.
import { sirenOf, siretOf } from '../../apps/cli/src/world/samples.js';

const COLUMNS = [
  'id', 'pivot', 'nom', 'commune', 'code_postal', 'code_insee', 'adresse', 'latitude', 'longitude', 'typologie', 'source', 'date_maj', 'services',
  'autres_formations_labels',
] as const;
type Place = Readonly<Record<(typeof COLUMNS)[number], string>>;

const place = (number: number): Place => ({
  id: `lieu-${number}`, pivot: siretOf(sirenOf(3_000 + number)), nom: `Espace numérique "${number}"`, commune: 'Tilleul-le-Haut', code_postal: '26000',
  code_insee: '26362', adresse: `${number} rue de l'Église`, latitude: '44.93', longitude: String(4.8 + number / 1_000), typologie: 'CCAS', source: 'tilleul',
  date_maj: '2025-09-15', services: 'Aide aux démarches administratives|Maîtrise des outils numériques du quotidien',
  autres_formations_labels: number % 9 === 0 ? 'Pass numérique' : '',
});

/** CSV of v1.0.2, all quoted; `count` different places and the three faults. */
export function placesFile(count: number): string {
  const places = Array.from({ length: count }, (_, index) => place(index + 1));
  const faults = [place(1), { ...place(count + 1), pivot: '00000000000000' }, { ...place(count + 2), nom: '' }];
  const rows = [...places, ...faults].map((one) => COLUMNS.map((column) => one[column]));
  return [[...COLUMNS], ...rows].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
}
