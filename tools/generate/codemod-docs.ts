import type { Codemod } from '../../codemods/codemod.ts';
import { markdownTable } from '../markdown-table.ts';

/** What the pages say of a codemod, whether it reads a file or a project. */
export type Documented = Pick<Codemod, 'description' | 'mends' | 'name'>;

const END_OF_HEADER = '<!-- end auto-generated codemod header -->';
const BEGIN_TABLE = '<!-- begin auto-generated codemods list -->';
const END_OF_TABLE = '<!-- end auto-generated codemods list -->';

/** The page with its title, description and rules as the codemod states them. What follows the marker is kept. */
export function withHeader(page: string, codemod: Documented): string {
  const body = page.slice(indexOfMarker(page, END_OF_HEADER));
  const mends = codemod.mends.length === 0 ? [] : [`🔧 Mends what ${ruleLinks(codemod, '../rules')} ${codemod.mends.length === 1 ? 'reports' : 'report'}.`, ''];
  return [`# ${codemod.name}`, '', `${codemod.description}.`, '', ...mends, body].join('\n');
}

/** The README with its table of codemods. */
export function withTable(readme: string, codemods: readonly Documented[]): string {
  const rows = codemods.map((codemod) => [`[${codemod.name}](docs/codemods/${codemod.name}.md)`, codemod.description, ruleLinks(codemod, 'docs/rules')]);
  const before = readme.slice(0, indexOfMarker(readme, BEGIN_TABLE));
  const after = readme.slice(indexOfMarker(readme, END_OF_TABLE));
  return `${before}${BEGIN_TABLE}\n\n${markdownTable([['Codemod', 'Description', 'Mends'], ...rows])}\n\n${after}`;
}

function ruleLinks(codemod: Documented, folder: string): string {
  return codemod.mends.map((rule) => `[\`${rule}\`](${folder}/${rule}.md)`).join(', ');
}

function indexOfMarker(text: string, marker: string): number {
  const index = text.indexOf(marker);
  if (index === -1) throw new Error(`The page has no line ${marker}`);
  return index;
}
