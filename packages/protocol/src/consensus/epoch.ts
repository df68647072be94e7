/** C12: the only epoch so far. Whatever names another one is refused. */
export const EPOCH = 0;
