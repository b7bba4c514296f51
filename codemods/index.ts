import addAsyncDispose from './add-async-dispose.ts';
import addLifecycleLock from './add-lifecycle-lock.ts';
import type { Codemod } from './codemod.ts';

export const codemods: readonly Codemod[] = [addLifecycleLock, addAsyncDispose];
