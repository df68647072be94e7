/** The simulator's kernel, models and scenarios come with the next issue; this package marks their place. */
export { Replica } from '@hansa/protocol/replica';
