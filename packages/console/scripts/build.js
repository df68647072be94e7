// Builds the console, index.html and src/main.tsx with all that they need, into packages/node/dist/console/, and fails when
// the first load weighs more than 150 kB on the wire: what the page and the first view need before anybody has clicked.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

export const GZIP_BYTES_MAX = 150 * 1000;

const configFile = fileURLToPath(new URL('../vite.config.js', import.meta.url));

/** @returns {Promise<{ directory: string, firstLoad: { path: string, gzipBytes: number }[], gzipBytes: number }>} */
export async function buildConsole() {
  await build({ configFile, logLevel: 'warn' });
  const { outDirectory } = await import('../vite.config.js');
  const manifest = JSON.parse(await readFile(join(outDirectory, '.vite', 'manifest.json'), 'utf8'));
  const paths = new Set(['index.html']);
  const visited = new Set();
  const add = (key) => {
    if (visited.has(key)) return;
    visited.add(key);
    const { file, css = [], assets = [], imports = [] } = manifest[key];
    for (const path of [file, ...css, ...assets]) paths.add(path);
    for (const other of imports) add(other);
  };
  add('index.html');
  const firstLoad = [];
  for (const path of paths) {
    const gzipBytes = gzipSync(await readFile(join(outDirectory, path)), { level: 9 }).length;
    firstLoad.push({ path, gzipBytes });
  }
  const gzipBytes = firstLoad.reduce((sum, file) => sum + file.gzipBytes, 0);
  return { directory: outDirectory, firstLoad, gzipBytes };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { firstLoad, gzipBytes } = await buildConsole();
  console.log(`console: first load ${gzipBytes} bytes gzip of at most ${GZIP_BYTES_MAX}`);
  if (gzipBytes > GZIP_BYTES_MAX) {
    console.error('The first load of the console is too large:');
    for (const file of firstLoad) console.error(`${String(file.gzipBytes).padStart(8)} ${file.path}`);
    process.exitCode = 1;
  }
}
