// Bundles the program of the report page, src/report/client/main.tsx, and its style into dist/report-client/.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const client = new URL('../src/report/client/', import.meta.url);

/** @returns {Promise<{ script: string, style: string }>} what `renderReport` puts into a page */
export async function bundleReport() {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('main.tsx', client))],
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  });
  const charts = createRequire(import.meta.url).resolve('uplot/dist/uPlot.min.css');
  const styles = [charts, fileURLToPath(new URL('report.css', client))];
  const style = (await Promise.all(styles.map((path) => readFile(path, 'utf8')))).join('\n');
  return { script: result.outputFiles[0].text, style };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const target = new URL('../dist/report-client/', import.meta.url);
  const { script, style } = await bundleReport();
  await mkdir(target, { recursive: true });
  await writeFile(new URL('client.js', target), script);
  await writeFile(new URL('client.css', target), style);
  console.log(`report page: ${script.length} bytes of program, ${style.length} of style`);
}
