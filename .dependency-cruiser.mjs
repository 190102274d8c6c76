/**
 * The arrows of the design: adapters → flows → core; sandbox → core for shapes only. Nothing imports an adapter, adapters never
 * import each other, and no package reaches into another past its entry points.
 */
const adapters = ['nestjs-module', 'strapi-plugin', 'moodle-bridge', 'cli'];
const anyAdapter = `^packages/(${adapters.join('|')})/`;

export default {
  forbidden: [
    {
      name: 'core-stands-alone',
      comment: 'core knows no other package of the kit.',
      severity: 'error',
      from: { path: '^packages/core/src/' },
      to: { path: '^packages/(?!core/)' },
    },
    {
      name: 'flows-know-core-only',
      comment: 'flows build on core and on nothing else of the kit.',
      severity: 'error',
      from: { path: '^packages/flows/src/' },
      to: { path: '^packages/(?!(flows|core)/)' },
    },
    {
      name: 'sandbox-knows-core-only',
      comment:
        'The sandbox is a second reading of the documentation: it takes shapes from core and nothing from elsewhere.',
      severity: 'error',
      from: { path: '^packages/sandbox/src/' },
      to: { path: '^packages/(?!(sandbox|core)/)' },
    },
    {
      name: 'sandbox-takes-shapes-in-one-place',
      comment:
        'Only packages/sandbox/src/shapes.ts may import core, so that what is shared can be read in one file.',
      severity: 'error',
      from: { path: '^packages/sandbox/src/', pathNot: '^packages/sandbox/src/shapes\\.ts$' },
      to: { path: '^packages/core/' },
    },
    {
      name: 'adapters-are-leaves',
      comment: 'Nothing imports an adapter, and adapters never import each other.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: anyAdapter, pathNot: '^packages/$1/' },
    },
    {
      name: 'sandbox-is-for-trying-out',
      comment:
        'Of the adapters only the command line and the testing entry of the Nest module may bring the sandbox along.',
      severity: 'error',
      from: {
        path: '^packages/([^/]+)/',
        pathNot: '^packages/(sandbox|cli|nestjs-module/src/testing)/',
      },
      to: { path: '^packages/sandbox/' },
    },
    {
      name: 'through-the-front-door',
      comment: 'Another package is reached by its name and entry points, not by a path into its sources.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere cannot be judged.',
      severity: 'error',
      from: { path: '^packages/[^/]+/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['seek-pass-kit-source', 'import', 'node', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
};
