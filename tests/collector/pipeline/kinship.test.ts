import { expect, test } from 'vitest';
import { createKinship } from '../../../collector/pipeline/kinship.ts';
import { followMedia } from '../../../collector/pipeline/watch-list.ts';

const device = (id: string, ...parentIds: string[]) => ({ id, parentIds });

test('what lies before a device is everything on any way, and each once', () => {
  const kinship = createKinship([
    device('core'),
    device('east', 'core'),
    device('west', 'core'),
    device('town', 'east', 'west'),
    device('village', 'town'),
  ]);

  const found = [...kinship.ancestorsOf('village')].sort();

  expect(found).toEqual(['core', 'east', 'town', 'west']);
  expect(kinship.childrenOf('core')).toEqual(['east', 'west']);
  expect(kinship.parentsOf('core')).toEqual([]);
});

test('a ring in old data ends the walk', () => {
  const kinship = createKinship([device('a', 'b'), device('b', 'c'), device('c', 'a')]);

  expect([...kinship.ancestorsOf('a')].sort()).toEqual(['b', 'c']);
});

test('a parent that is not watched is none, until it is', () => {
  const kinship = createKinship([device('village', 'trunk')]);
  const before = kinship.parentsOf('village');

  kinship.replace([device('village', 'trunk'), device('trunk')]);

  expect([before, kinship.parentsOf('village')]).toEqual([[], ['trunk']]);
});

test('a device delays as what delays most on its best way', () => {
  const mediumOf = followMedia([
    { id: 'dish', parentIds: [], media: ['vsat'] },
    { id: 'hall', parentIds: ['dish'], media: ['radio'] },
    { id: 'two-ways', parentIds: ['dish', 'pop'], media: [] },
    { id: 'pop', parentIds: [], media: ['fibre', 'vsat'] },
    { id: 'unknown', parentIds: ['elsewhere'], media: [] },
    { id: 'ring', parentIds: ['ring'], media: ['lte'] },
  ]);

  const media = ['dish', 'hall', 'two-ways', 'pop', 'unknown', 'ring'].map(mediumOf);

  expect(media).toEqual(['vsat', 'vsat', 'fibre', 'fibre', null, 'lte']);
});
