// Bundles the program of the page that verifies a citizen's copy, src/verify-page/client/main.ts, and its style into dist/verify-page/.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const client = new URL('../src/verify-page/client/', import.meta.url);

/** @returns {Promise<{ script: string, style: string }>} what `renderVerifyPage` puts into a page */
export async function bundleVerifyPage() {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', client))],
    bundle: true,
    minify: true,
    platform: 'browser',
    conditions: ['hansa-source'],
    target: 'es2022',
    format: 'iife',
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  });
  return { script: result.outputFiles[0].text, style: await readFile(new URL('page.css', client), 'utf8') };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const target = new URL('../dist/verify-page/', import.meta.url);
  const { script, style } = await bundleVerifyPage();
  await mkdir(target, { recursive: true });
  await writeFile(new URL('client.js', target), script);
  await writeFile(new URL('client.css', target), style);
  console.log(`verify page: ${gzipSync(script).length} bytes gzip of program, ${style.length} of style`);
}
