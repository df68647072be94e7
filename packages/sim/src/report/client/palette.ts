/** Colours that people with any kind of colour vision tell apart (Okabe & Ito 2008), one meaning each in the whole report. */
export const colours = {
  blue: '#0072b2',
  sky: '#56b4e9',
  green: '#009e73',
  orange: '#e69f00',
  vermilion: '#d55e00',
  purple: '#cc79a7',
  grey: '#8a8f98',
} as const;

export const faultColours: Readonly<Record<string, string>> = {
  crash: colours.vermilion,
  'crash-all': colours.vermilion,
  restart: colours.green,
  pause: colours.purple,
  partition: colours.orange,
  isolate: colours.orange,
  degrade: colours.sky,
  clock: colours.blue,
  disk: colours.grey,
  'restore-backup': colours.purple,
  heal: colours.green,
  adversary: colours.vermilion,
};

export const messageColours: Readonly<Record<string, string>> = {
  proposal: colours.blue,
  notarize: colours.sky,
  notarization: colours.sky,
  finalize: colours.green,
  finalization: colours.green,
  nullify: colours.vermilion,
  nullification: colours.vermilion,
  entry: colours.orange,
  header: colours.orange,
  evidence: colours.purple,
};

/** Cividis (Nuñez, Anderton & Renslow 2018): even in lightness, the same to all eyes. */
const cividis: readonly (readonly [number, number, number])[] = [
  [0, 32, 77],
  [0, 49, 110],
  [60, 77, 110],
  [94, 98, 111],
  [122, 120, 117],
  [151, 142, 117],
  [183, 166, 109],
  [217, 192, 92],
  [255, 233, 69],
];

/** Colour of a share, 0 to 1. */
export function sequential(share: number): string {
  const place = Math.min(Math.max(share, 0), 1) * (cividis.length - 1);
  const low = cividis[Math.floor(place)] ?? [0, 0, 0];
  const high = cividis[Math.ceil(place)] ?? low;
  const mix = (channel: 0 | 1 | 2) => Math.round(low[channel] + (high[channel] - low[channel]) * (place % 1));
  return `rgb(${mix(0)} ${mix(1)} ${mix(2)})`;
}
