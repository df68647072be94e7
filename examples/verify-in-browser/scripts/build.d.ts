export function buildPage(directory: URL): Promise<void>;
