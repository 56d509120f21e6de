/** One line of a plot. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const [WIDTH, HEIGHT, MARGIN, LEFT] = [640, 360, 56, 88];
const COLOURS = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#8c564b", "#e377c2"];

/** What the two axes say. */
export interface Axes {
  readonly across: string;
  readonly upwards: string;
}

/** An SVG of series over whole numbers, with a logarithmic scale upwards. */
export function plotOf(title: string, { across, upwards }: Axes, series: readonly Series[]): string {
  const points = series.flatMap((each) => each.points);
  const scale = scaleOf(points);
  const marks = series.map((each, position) => seriesOf(each, position, scale));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    `<text x="${WIDTH / 2}" y="20" text-anchor="middle" font-size="14">${title}</text>`,
    `<text x="${WIDTH / 2}" y="${HEIGHT - 12}" text-anchor="middle">${across}</text>`,
    `<text x="${-HEIGHT / 2}" y="14" transform="rotate(-90)" text-anchor="middle">${upwards}</text>`,
    ...ticksOf(points, scale),
    ...marks,
    "</svg>",
    "",
  ].join("\n");
}

interface Scale {
  x(value: number): number;
  y(value: number): number;
}

function scaleOf(points: Series["points"]): Scale {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => Math.log10(y))];
  const between = (values: readonly number[], from: number, to: number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value: number) => from + ((value - low) / (high - low || 1)) * (to - from);
  };
  const [x, y] = [between(xs, LEFT, WIDTH - MARGIN * 3), between(ys, HEIGHT - MARGIN, MARGIN)];
  return { x, y: (value) => y(Math.log10(value)) };
}

function ticksOf(points: Series["points"], { x, y }: Scale): readonly string[] {
  const xs = [...new Set(points.map((each) => each.x))];
  const powers = points.map((each) => Math.log10(each.y));
  const [low, high] = [Math.ceil(Math.min(...powers)), Math.floor(Math.max(...powers))];
  const ys = Array.from({ length: Math.max(0, high - low + 1) }, (_, step) => 10 ** (low + step));
  return [
    ...xs.map(
      (each) => `<text x="${x(each)}" y="${HEIGHT - MARGIN + 18}" text-anchor="middle">${each}</text>`,
    ),
    ...ys.map(
      (each) =>
        `<line x1="${LEFT}" x2="${WIDTH - MARGIN * 3}" y1="${y(each)}" y2="${y(each)}" stroke="#ddd"/>` +
        `<text x="${LEFT - 6}" y="${y(each) + 4}" text-anchor="end">${each.toLocaleString("en")}</text>`,
    ),
  ];
}

function seriesOf({ name, points }: Series, position: number, { x, y }: Scale): string {
  const colour = COLOURS[position % COLOURS.length] ?? "black";
  const path = points.map((each) => `${x(each.x).toFixed(1)},${y(each.y).toFixed(1)}`);
  const last = points.at(-1) ?? { x: 0, y: 1 };
  const dots = path.map((each) => `<circle cx="${each.split(",")[0]}" cy="${each.split(",")[1]}" r="3"/>`);
  return [
    `<g stroke="${colour}" fill="${colour}"><polyline points="${path.join(" ")}" fill="none" stroke-width="2"/>`,
    `${dots.join("")}<text x="${x(last.x) + 8}" y="${y(last.y) + 4}" stroke="none">${name}</text></g>`,
  ].join("");
}
