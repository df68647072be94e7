/** Services of two authorities that ask each other, each on a stream of its own with its own bounds. */
export const doors = ['exchange', 'oprf'] as const;
export type Door = (typeof doors)[number];
