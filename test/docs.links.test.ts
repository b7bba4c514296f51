import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPage } from './read-page.ts';

const ROOT = resolve(import.meta.dirname, '..');
const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => join('docs', path).replaceAll('\\', '/'));

const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
const withoutCode = (text: string): string => text.replaceAll(/^(`{3,})[\S\s]*?^\1$/gm, '').replaceAll(/(`+)(?!`)[\S\s]*?[^`]\1(?!`)/g, '');

/** Where links and images lead: `rules/no-leak.md#examples`, `https://…`. */
function linksOf(page: string): readonly string[] {
  return [...withoutCode(textOf(page)).matchAll(/\]\(\s*([^\s)]+)(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)/gm)].map(([, inline, reference]) => inline ?? reference ?? '');
}

/** What GitHub calls the headings of a page: `## With types` is `with-types`. */
function anchorsOf(page: string): readonly string[] {
  return readPage(textOf(page)).map(({ heading }) => {
    return heading.replace(/^#+ /, '').toLowerCase().replaceAll(/[^\p{L}\p{N}\-_ ]/gu, '').replaceAll(' ', '-');
  });
}

/** What is wrong with a link, if anything is. */
function faultOf(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), decodeURI(path)));
  if (!existsSync(join(ROOT, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined || anchorsOf(target).includes(anchor)) return undefined;
  return `${link}: ${target} has no heading of that name`;
}

describe.each(['README.md', ...pages])('the links of %s', (page) => {
  test('lead somewhere', () => {
    expect(linksOf(page).flatMap((link) => faultOf(page, link) ?? [])).toEqual([]);
  });
});

test('the README and its picture are found', () => {
  expect(linksOf('README.md')).toEqual(expect.arrayContaining(['docs/README.md', 'docs/images/race.svg', 'https://oxc.rs']));
});

test('docs/README.md leads to every page beside it', () => {
  const beside = pages.filter((page) => dirname(page) === 'docs' && page !== 'docs/README.md').map((page) => page.slice('docs/'.length));
  expect(linksOf('docs/README.md')).toEqual(expect.arrayContaining(beside));
});
