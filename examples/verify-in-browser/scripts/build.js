// Bundles the page's program into dist/, beside the page. Open dist/index.html from the disk: it needs no server.
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** @param {URL} directory where index.html and page.js are written */
export async function buildPage(directory) {
  await mkdir(directory, { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL('../src/page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    // Not a module: browsers load none from a disk.
    format: 'iife',
    conditions: ['hansa-source'],
    outfile: fileURLToPath(new URL('page.js', directory)),
    logLevel: 'warning',
  });
  await copyFile(new URL('../index.html', import.meta.url), new URL('index.html', directory));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const directory = new URL('../dist/', import.meta.url);
  await buildPage(directory);
  console.log(`Open ${fileURLToPath(new URL('index.html', directory))}`);
}
