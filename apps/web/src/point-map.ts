// A map of our own: points by latitude and longitude in an SVG, with a scale and no ground, so that nobody else hears where somebody looks.
// It says nothing that the list or table beside it does not say.
import { count } from './format.js';
import { html, type Html } from './html.js';
import type { Visit } from './visit.js';

export type Point = Readonly<{
  /** Null: nobody told where it is, and it is on no map. */
  latitude: number | null; longitude: number | null; label: string;
  kind: 'place' | 'neighbour' | 'far';
  /** Of the list beside; small points without one. */
  number?: number;
}>;
type Placed = Point & Readonly<{ latitude: number; longitude: number }>;

const WIDTH = 320;
const EDGE = 20;
/** A strip of its own below the points: a scale across a point is read as neither. */
const SCALE_HEIGHT = 24;
const [HEIGHT_MIN, HEIGHT_MAX] = [120, 360];
const KM_OF_DEGREE = 111.2;
/** Points that are all in one spot still have a ground around them. */
const SPAN_KM_MIN = 2;
const [NUMBERED_RADIUS, RADIUS, FAR_RADIUS] = [9, 4, 3];

/** Null where no point has a position. */
export function pointMap(visit: Pick<Visit, 'say' | 'language'>, label: string, points: readonly Point[]): Html | null {
  const placed = points.filter((point): point is Placed => point.latitude !== null && point.longitude !== null);
  if (placed.length === 0) return null;
  const { height, kmOfUnit, at } = projection(placed);
  const scale = scaleOf(kmOfUnit);
  const missing = points.length - placed.length;
  return html`<figure class="map"><svg viewBox="0 0 ${WIDTH} ${height + SCALE_HEIGHT}" role="img" aria-label="${label}">${placed.map((point) => dot(point, at(point)))}
<path class="map-scale" d="M${EDGE} ${height + SCALE_HEIGHT - 6}h${(scale / kmOfUnit).toFixed(1)}m0-4v4m-${(scale / kmOfUnit).toFixed(1)}-4v4"/><text x="${EDGE + 4}" y="${height + SCALE_HEIGHT - 10}">${count(scale, visit.language)} km</text></svg>
<figcaption>${label}.${missing > 0 && ` ${visit.say(`Sans position connue : ${count(missing, visit.language)}.`, `Of unknown position: ${count(missing, visit.language)}.`)}`}</figcaption></figure>`;
}

function dot({ kind, label, number }: Placed, [x, y]: readonly [string, string]): Html {
  if (number === undefined) return html`<circle class="map-${kind}" cx="${x}" cy="${y}" r="${kind === 'place' ? RADIUS : FAR_RADIUS}"><title>${label}</title></circle>`;
  return html`<g><title>${label}</title><circle class="map-${kind}" cx="${x}" cy="${y}" r="${NUMBERED_RADIUS}"/><text class="map-number" x="${x}" y="${y}" dy="3.5">${number}</text></g>`;
}

/** Degrees of longitude are as wide as in the middle of the map: within a country nobody sees the difference. */
function projection(placed: readonly Placed[]) {
  const [south, north] = [Math.min(...placed.map(({ latitude }) => latitude)), Math.max(...placed.map(({ latitude }) => latitude))];
  const [west, east] = [Math.min(...placed.map(({ longitude }) => longitude)), Math.max(...placed.map(({ longitude }) => longitude))];
  const kmOfEast = KM_OF_DEGREE * Math.cos(((south + north) / 2) * Math.PI / 180);
  const [wide, high] = [Math.max(SPAN_KM_MIN, (east - west) * kmOfEast), (north - south) * KM_OF_DEGREE];
  const kmOfUnit = Math.max(wide / (WIDTH - 2 * EDGE), high / (HEIGHT_MAX - 2 * EDGE));
  const height = Math.round(Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, high / kmOfUnit + 2 * EDGE)));
  const [middleNorth, middleEast] = [(south + north) / 2, (west + east) / 2];
  const at = ({ latitude, longitude }: Placed): readonly [string, string] => [
    (WIDTH / 2 + (longitude - middleEast) * kmOfEast / kmOfUnit).toFixed(1),
    (height / 2 - (latitude - middleNorth) * KM_OF_DEGREE / kmOfUnit).toFixed(1),
  ];
  return { height, kmOfUnit, at };
}

/** 1, 2 or 5 and zeros: the longest that a third of the map holds. */
function scaleOf(kmOfUnit: number): number {
  const room = (WIDTH / 3) * kmOfUnit;
  const power = 10 ** Math.floor(Math.log10(room));
  const factor = [5, 2, 1].find((one) => one * power <= room) ?? 1;
  return Math.max(factor * power, 0.1);
}
