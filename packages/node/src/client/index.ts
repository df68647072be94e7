/**
 * A typed client of a city's HTTP API, for Node and browsers. Its types are generated from the same OpenAPI description
 * that the daemon serves at `/openapi.json`; a test keeps the two equal.
 */

export type { paths } from '../gen/http-api.ts';
export { type CityApi, connectCity } from './city-api.ts';
export type { Connection } from './connection.ts';
export { type CityEvent, cityEvents, type EventsOptions } from './events.ts';
export { type ImportEvent, type ImportOptions, type ImportReport, importFile } from './imports.ts';
export { ApiProblem } from './problem.ts';
