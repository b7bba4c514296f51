import { expect, test } from 'vitest';
import { parseSettings, SettingsError } from '../../model/parse-settings.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';

test('no settings are the defaults', () => {
  expect(parseSettings(undefined)).toBe(DEFAULT_SETTINGS);
});

test('defaults fill in what is not said', () => {
  expect(parseSettings({ pairs: [['boot', 'halt']], lockMethods: ['runLocked'] })).toEqual({
    ...DEFAULT_SETTINGS,
    pairs: [['boot', 'halt']],
    lockMethods: ['runLocked'],
  });
});

test('one object gives one result, so that facts are read once', () => {
  const value = { timeouts: ['within'] };
  expect(parseSettings(value)).toBe(parseSettings(value));
});

test('an unknown key: the message names it and the known ones', () => {
  expect(() => parseSettings({ pair: [] })).toThrow(SettingsError);
  expect(() => parseSettings({ pair: [] })).toThrow(
    'lifecycle setting "pair" is unknown. Known settings: pairs, lockMethods, lockClasses, lockDecorators, timeouts, safeBases, resources, frameworks.',
  );
});

test('a wrong form: the message names the place and what it takes', () => {
  expect(() => parseSettings({ lockMethods: 'runLocked' })).toThrow('lifecycle setting "lockMethods" must be Array, not "runLocked".');
  expect(() => parseSettings({ pairs: [['boot', 1]] })).toThrow('lifecycle setting "pairs.0.1" must be string, not 1.');
  expect(() => parseSettings({ frameworks: ['rails'] })).toThrow(/lifecycle setting "frameworks\.0" must be .*"nest".*, not "rails"\./);
});

test('a pair of one name, and an unknown key further down', () => {
  expect(() => parseSettings({ pairs: [['boot']] })).toThrow(/^lifecycle setting "pairs\.0/);
  expect(() => parseSettings({ lockDecorators: [{ decorator: 'Locked', lockProperty: 'lock', extra: 1 }] })).toThrow(/^lifecycle setting "lockDecorators\.0\.extra" is unknown/);
});

test('resources: the names that end something are a list', () => {
  const resources = [{ acquire: 'follow', release: ['unfollow', 'leave'] }];
  expect(parseSettings({ resources }).resources).toEqual(resources);
  expect(() => parseSettings({ resources: [{ acquire: 'follow', release: 'unfollow' }] })).toThrow('lifecycle setting "resources.0.release" must be Array, not "unfollow".');
  expect(() => parseSettings({ resources: [{ acquire: 'follow' }] })).toThrow(/^lifecycle setting "resources\.0\.release" /);
});

test('no object at all', () => {
  expect(() => parseSettings(null)).toThrow('lifecycle settings must be Object, not null.');
  expect(() => parseSettings('strict')).toThrow('lifecycle settings must be Object, not "strict".');
});
