/**
 * One application for every Nest, without a line that only one module format or one compiler reads: what is imported comes in, and
 * decorators are called as the functions that they are.
 */
'use strict';

/** What main.ts does about bodies, and who makes the application, by a name for the reports. */
const parsers = {
  'the parsers of Nest': { options: {} },
  'app.use(json())': { options: { rawBody: true }, use: (app, { json }) => app.use(json()) },
  'no parser': { options: { bodyParser: false } },
  'a testing module': { options: { rawBody: true }, inTest: true },
  'limits of its own': {
    options: { rawBody: true },
    use(app, _express, server) {
      if (server === 'Express') app.useBodyParser('json', { limit: '1kb' });
      else
        app.useBodyParser('application/json', { bodyLimit: 1_024 }, (_request, body, done) =>
          done(null, JSON.parse(String(body))),
        );
    },
  },
};

const decorate = (target, name, decorators) =>
  Reflect.decorate(decorators, target, name, Object.getOwnPropertyDescriptor(target, name));

/** Makes the application with two registrations, `science` and `hr`, that share nothing but the process. */
async function openApplication(libraries, { server, parser, seekPass, registrations }) {
  const { common, core, nestTesting, adapters, express, module } = libraries;
  /** Ids of the events that a handler of the application was called with. */
  const handled = [];

  class OwnController {
    own() {
      return { own: true };
    }
    order(body) {
      return { got: body };
    }
  }
  common.Body()(OwnController.prototype, 'order', 0);
  decorate(OwnController.prototype, 'own', [common.Get('own')]);
  decorate(OwnController.prototype, 'order', [common.Post('orders'), common.HttpCode(200)]);
  Reflect.decorate([common.Controller()], OwnController);

  class ScienceHandlers {
    async verified({ eventId }) {
      handled.push(eventId);
    }
  }
  decorate(ScienceHandlers.prototype, 'verified', [
    module.OnSeekPassEvent('vwsp_request.verified', { client: 'science' }),
  ]);
  Reflect.decorate([common.Injectable()], ScienceHandlers);

  const whole = common.Module({
    imports: registrations.map((settings) => module.SeekPassModule.forRoot(settings)),
    controllers: [OwnController],
    providers: [ScienceHandlers],
  });
  const AppModule = Reflect.decorate([whole], function AppModule() {});

  const { options, inTest = false, use = () => undefined } = parsers[parser];
  const adapter = new adapters[server]();
  const all = { logger: false, abortOnError: false, ...options };
  const app = inTest
    ? (await nestTesting.Test.createTestingModule({ imports: [AppModule] }).compile()).createNestApplication(
        adapter,
        all,
      )
    : await core.NestFactory.create(AppModule, adapter, all);
  app.setGlobalPrefix('api');
  app.enableCors();
  // Lets no request in that does not know the word. It is asked about calls of handlers too, which are of another type.
  app.useGlobalGuards({
    canActivate: (context) =>
      context.getType() === 'seek-pass' || context.switchToHttp().getRequest().headers['x-word'] === 'open',
  });
  use(app, express, server);
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl(), handled, runDue: () => seekPass.runDue(app, 'science') };
}

module.exports = { decorate, openApplication, parsers };
