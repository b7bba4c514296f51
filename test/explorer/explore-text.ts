import type { Driver } from '../services/driver.ts';
import { compileService } from './compile-service.ts';
import { explore, type Exploration, type ExploreOptions } from './explore.ts';
import { subjectOf } from './subject.ts';

/** Explores the class of a TypeScript text, such as a codemod leaves it, in the place of a driver's own. */
export async function exploreText(driver: Driver, text: string, options?: ExploreOptions): Promise<Exploration> {
  const Service = await compileService(text, driver.className);
  return explore(subjectOf(driver, Service), options);
}
