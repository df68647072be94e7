/** What every part needs; the subpath exports have the rest, so that a browser imports only what it uses. */
export * from './bytes.ts';
export * from './errors.ts';
export * from './limits.ts';
