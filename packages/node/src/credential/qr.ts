import { encodeQR } from 'qr';

/** Light modules around a symbol: ISO/IEC 18004, section 5.3.8. */
const quiet = 4;
/** Version 20 with 15 % error correction: what `partCharactersMax` is for. */
const options = { ecc: 'medium', encoding: 'alphanumeric', border: quiet } as const;
/** In modules, between two symbols. */
const gap = 8;
const columns = 2;

/** Dark modules of one symbol with its quiet zone, by row and column. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  return encodeQR(text, 'raw', options);
}

/** The symbols of a counter's codes as lines for a terminal with a dark or a light background. */
export function qrTerminal(text: string): string {
  return encodeQR(text, 'term', options);
}

/** One SVG with all codes, two in a row, each with its number below it. */
export function qrSvg(texts: readonly string[]): string {
  const symbols = texts.map(qrModules);
  const side = Math.max(...symbols.map((symbol) => symbol.length));
  const rows = Math.ceil(symbols.length / columns);
  const width = Math.min(columns, symbols.length) * (side + gap) - gap;
  const height = rows * (side + gap);
  const drawn = symbols.map((symbol, index) => {
    const [left, top] = [(index % columns) * (side + gap), Math.floor(index / columns) * (side + gap)];
    const label = `${index + 1} / ${symbols.length}`;
    return (
      `<path transform="translate(${left} ${top})" d="${path(symbol)}"/>` +
      `<text x="${left + side / 2}" y="${top + side + 4}" text-anchor="middle" font-family="sans-serif" font-size="5">${label}</text>`
    );
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width * 3}" height="${height * 3}" shape-rendering="crispEdges">` +
    `<rect width="${width}" height="${height}" fill="#fff"/>${drawn.join('')}</svg>\n`
  );
}

/** Runs of dark modules, one rectangle each. */
function path(symbol: readonly (readonly boolean[])[]): string {
  let out = '';
  symbol.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const start = x;
      while (row[x + 1] === true) x++;
      out += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`;
    }
  });
  return out;
}
