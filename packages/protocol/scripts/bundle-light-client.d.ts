export declare const GZIP_BYTES_MAX: number;

/** Bundles the light client from its index, compiled or source. */
export declare function bundleLightClient(
  entry: URL,
): Promise<{ code: string; gzipBytes: number; inputs: { path: string; bytes: number }[] }>;
