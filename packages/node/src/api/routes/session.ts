import { Type } from 'typebox';
import { access, mayCall, type Role, type RouteName, roles } from '../roles.ts';
import { isServed, type ReadContext } from '../route-context.ts';
import { answers, Choice, CityName, Hex } from '../schemas.ts';

const Session = Type.Object({
  role: Choice(roles),
  may: Type.Array(Type.String(), { description: 'Routes that this role may call.', examples: [['POST /v1/check']] }),
  city: CityName,
  displayName: Type.String(),
  federation: Type.String(),
  federationId: Hex(32),
  testFederation: Type.Boolean(),
});

const routes = Object.keys(access) as RouteName[];

/** What a token is good for: a client offers its user nothing that would be refused. */
export function addSessionRoutes({ app, city }: ReadContext): void {
  const { genesis, self } = city;
  app.route({
    method: 'GET',
    url: '/v1/session',
    config: { route: 'GET /v1/session' },
    schema: { summary: 'The role of the token, and what it may call.', response: answers(200, Session) },
    handler: async (request, reply) => {
      const role = request.role as Role;
      reply.header('cache-control', 'no-store');
      return {
        role,
        may: routes.filter((route) => access[route] !== 'holder' && mayCall(route, role) && isServed(app, route)),
        city: self.name,
        displayName: self.displayName,
        federation: genesis.name,
        federationId: Buffer.from(genesis.federationId).toString('hex'),
        testFederation: genesis.testFederation,
      };
    },
  });
}
