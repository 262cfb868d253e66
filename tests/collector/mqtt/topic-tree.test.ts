import { expect, test } from 'vitest';
import { covers, createTopicTree, wildcardsOf } from '../../../collector/mqtt/topic-tree.ts';

test.each([
  ['a/b', 'a/b', true],
  ['a/+', 'a/b', true],
  ['a/+', 'a', false],
  ['a/+', 'a/b/c', false],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['+/b', 'a/b', true],
  ['#', 'a/b', true],
  ['#', '$SYS/x', false],
  ['+/x', '$SYS/x', false],
  ['$SYS/#', '$SYS/x', true],
  ['a//b', 'a//b', true],
  ['a/+/b', 'a//b', true],
])('%s fits %s: %s', (filter, topic, isFitting) => {
  const tree = createTopicTree<number>();
  tree.add(filter, 1);
  tree.add('z/z', 2);

  expect([...tree.match(topic)]).toEqual(isFitting ? [1] : []);
  if (!topic.startsWith('$')) expect(wildcardsOf(filter, topic) !== null).toBe(isFitting);

  tree.remove(filter, 1);
  expect([...tree.match(topic)]).toEqual([]);
});

test('a topic of more levels or letters than any device has fits nothing', () => {
  const tree = createTopicTree<number>();
  tree.add('#', 1);

  expect(tree.match('x/'.repeat(40)).size).toBe(0);
  expect(tree.match('x'.repeat(1_000)).size).toBe(0);
});

test.each([
  ['a/#', 'a/b', true],
  ['a/#', 'a/#', true],
  ['a/#', 'a', true],
  ['a/#', '#', false],
  ['a/#', '+/b', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a/+', true],
  ['a/+', 'a/#', false],
  ['a/+/c', 'a/b/c', true],
  ['a/b', 'a/+', false],
  ['a/b', 'a/b/c', false],
])('%s covers %s: %s', (outer, inner, isCovered) => {
  expect(covers(outer, inner)).toBe(isCovered);
});
