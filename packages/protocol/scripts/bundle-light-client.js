// Bundles the light client into one classic script for browsers, `dist/light-client.bundle.js`, which defines the global
// `hansa`. A classic script and not a module, because it must also work in a page that is opened from a disk.
// Fails when the bundle would weigh more than 60 kB on the wire.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

export const GZIP_BYTES_MAX = 60 * 1024;

/**
 * @param {URL} entry the light client's index, compiled or source
 * @returns {Promise<{ code: string, gzipBytes: number, inputs: { path: string, bytes: number }[] }>}
 */
export async function bundleLightClient(entry) {
  const result = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    globalName: 'hansa',
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [smallProtobuf],
  });
  const code = result.outputFiles[0].text;
  const [output] = Object.values(result.metafile.outputs);
  const inputs = Object.entries(output.inputs).map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }));
  inputs.sort((a, b) => b.bytes - a.bytes);
  return { code, gzipBytes: gzipSync(code, { level: 9 }).length, inputs };
}

/** Swaps protobuf-es for the small reader beside this file. Importing a name that it lacks stops the build. */
const smallProtobuf = {
  name: 'small-protobuf',
  setup(builder) {
    const path = fileURLToPath(new URL('./small-protobuf.ts', import.meta.url));
    builder.onResolve({ filter: /^@bufbuild\/protobuf(\/|$)/ }, () => ({ path, sideEffects: false }));
  },
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const target = new URL('../dist/light-client.bundle.js', import.meta.url);
  const { code, gzipBytes, inputs } = await bundleLightClient(
    new URL('../dist/light-client/index.js', import.meta.url),
  );
  await mkdir(dirname(fileURLToPath(target)), { recursive: true });
  await writeFile(target, code);
  console.log(`light client: ${gzipBytes} bytes gzip of at most ${GZIP_BYTES_MAX}, ${code.length} bytes minified`);
  if (gzipBytes > GZIP_BYTES_MAX) {
    console.error('The light client is too large. Its largest parts, in bytes minified:');
    for (const { path, bytes } of inputs.slice(0, 15)) console.error(`${String(bytes).padStart(8)} ${path}`);
    process.exitCode = 1;
  }
}
