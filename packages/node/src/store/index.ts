export { openStore } from './level-store.ts';
