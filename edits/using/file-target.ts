import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { Service } from '../../model/service.ts';
import { servicesOf } from '../../model/services-of.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import { signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { isDisposedBy } from './project-target.ts';
import type { UsingTarget } from './using-target.ts';

/** What a file may say as far as it tells by itself: `await using` in TypeScript, of a class that stands in it. No stack: who knows on which Node it runs? */
export function fileTarget(source: Source, settings: ResolvedSettings): UsingTarget {
  const serviceOf = (made: TSESTree.Node): Service | undefined => {
    const inner = unwrap(made);
    const callee = inner.type === 'NewExpression' ? unwrap(inner.callee) : undefined;
    const declared = callee?.type === 'Identifier' ? bindingOf(callee.name, callee, signalFile(source.program).parents)?.node : undefined;
    return declared && servicesOf(source, settings).find(({ node }) => node === declared);
  };
  return { hasUsing: fileStyleOf(source).isTypeScript, stack: undefined, serviceOf, isDisposedBy: (made, stop) => isDisposedBy(serviceOf(made), made, stop, source) };
}
