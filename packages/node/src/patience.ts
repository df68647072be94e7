/**
 * How long a client waits for a city that has not heard a quorum since its start (R6), in milliseconds: far longer than
 * a federation takes whose cities start at the same time.
 */
export const joinPatienceMs = 120_000;
