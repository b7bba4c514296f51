import type { Names } from './names.ts';
import type { Recipe } from './recipe.ts';

/** The methods that run in the background. */
export function writeWork(recipe: Recipe, names: Names): readonly string[] {
  const { modifier, deps } = names;
  const member = (name: string, params: string, lines: readonly string[]): readonly string[] => ['', `${modifier}async ${names.own(name)}(${params}): Promise<void> {`, ...lines, '}'];
  const quit = selfStop(recipe, names);
  const onQuit = (said: string): readonly string[] => (quit.length === 0 ? [] : [`if (${said} === 'quit') {`, ...quit, 'return;', '}']);
  switch (recipe.spawn) {
    case 'none':
      return [];
    case 'loop by signal':
    case 'loop with catch':
    case 'loop without a field':
      return member('loop', 'signal: AbortSignal', [
        'while (!signal.aborted) {',
        `const item = await ${deps}.take(signal);`,
        'if (item === undefined) return;',
        ...onQuit('item'),
        `await ${deps}.handle(item);`,
        '}',
      ]);
    case 'loop by flag':
      return member('loop', '', [
        `while (${names.field('looping', 'boolean', 'false')}) {`,
        `const said = await ${deps}.tick();`,
        ...onQuit('said'),
        `await ${deps}.pause(1_000);`,
        '}',
      ]);
    case 'interval':
    case 'set of ticks':
      return member('tick', '', [`const said = await ${deps}.tick();`, ...onQuit('said')]);
    case 'self-arming timeout':
      return [
        '',
        `${modifier}${names.own('arm')}(): void {`,
        `${names.field('timer', 'ReturnType<typeof setTimeout> | undefined')} = setTimeout(() => {`,
        `${names.field('task', 'Promise<void> | undefined')} = this.${names.own('tick')}();`,
        '}, 1_000);',
        '}',
        ...member('tick', '', [
          `const said = await ${deps}.tick();`,
          ...onQuit('said'),
          `if (${names.field('looping', 'boolean', 'false')}) this.${names.own('arm')}();`,
        ]),
      ];
    case 'polled counter': {
      const active = names.field('active', 'number', '0');
      return member('onItem', 'item: string', [`${active}++;`, 'try {', ...onQuit('item'), `await ${deps}.handle(item);`, '} finally {', `${active}--;`, '}']);
    }
    case 'subscription':
    case 'client':
    case 'client with options':
    case 'pool':
      return member('onItem', 'item: string', [...onQuit('item'), `await ${deps}.handle(item);`]);
  }
}

/** How the work ends its own service. */
function selfStop({ selfStop: form }: Recipe, names: Names): readonly string[] {
  switch (form) {
    case 'none':
    case 'idle timer':
    case 'close event':
      return [];
    case 'un-awaited':
      return ['void this.stop();'];
    case 'awaited':
      return ['await this.stop();'];
    case 'caught':
      return [`this.stop().catch((error: unknown) => ${names.deps}.logger.error(error));`];
    case 'kept':
      return [`${names.field('ending', 'Promise<void> | undefined')} = this.stop();`];
    case 'by restart':
      return ['void this.restart();'];
  }
}
