import type { City } from '../api/types.ts';
import { useAnswer, useDesk } from './desk.ts';

/** The federation's cities, as people call them. Until they are known, a city is called by its name on the lanes. */
export function useCities(): { readonly cities: readonly City[]; cityName(name: string): string } {
  const { api } = useDesk();
  const answer = useAnswer((signal) => api.get<{ cities: City[] }>('/v1/cities', signal), []);
  const cities = answer.state === 'done' ? answer.value.cities : [];
  return { cities, cityName: (name) => cities.find((city) => city.name === name)?.displayName ?? name };
}
