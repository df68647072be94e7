import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Names of the modules whose code a browser bundle of `source` contains. */
async function bundled(source: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {});
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

const bls = /bls/;
const ed25519 = /ed25519/;
const curves = /@noble\/curves/;

describe('a browser bundle', () => {
  it('of Ed25519 alone has no BLS code', async () => {
    const modules = await bundled(
      `import { portableEd25519 } from './index.ts'; globalThis.verify = portableEd25519.verify;`,
    );
    expect(modules.some((path) => ed25519.test(path))).toBe(true);
    expect(modules.filter((path) => bls.test(path))).toEqual([]);
  });

  it('of BLS alone has no Ed25519 code', async () => {
    const modules = await bundled(
      `import { portableBls } from './index.ts'; globalThis.verify = portableBls.verifyAggregate;`,
    );
    expect(modules.some((path) => bls.test(path))).toBe(true);
    expect(modules.filter((path) => ed25519.test(path))).toEqual([]);
  });

  it('of SHA-256 and Merkle proofs has no curve, and of proofs no map', async () => {
    const modules = await bundled(`
      import { portableHasher } from './index.ts';
      import { verifyInclusion, verifyMapProof } from '../merkle/index.ts';
      globalThis.verify = [portableHasher, verifyInclusion, verifyMapProof];`);
    expect(modules.some((path) => path.includes('map-proof'))).toBe(true);
    expect(modules.filter((path) => curves.test(path) || /sparse-map|map-batch|history-tree/.test(path))).toEqual([]);
  });
});
