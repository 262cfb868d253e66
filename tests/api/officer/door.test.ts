import { EventEmitter } from 'node:events';
import type { FastifyReply } from 'fastify';
import { expect, test } from 'vitest';
import { uploads } from '../../../api/officer/door.ts';

const reply = () => {
  const raw = new EventEmitter();
  return { raw, as: { raw } as unknown as FastifyReply };
};

test('eight photographs arrive at once, and the next one is asked to come again', () => {
  const { enter } = uploads();
  const under = Array.from({ length: 8 }, reply);
  for (const one of under) enter(one.as);

  const refused = () => enter(reply().as);

  expect(refused).toThrow(expect.objectContaining({ code: 'too-many-requests', retryAfterMs: 5_000 }));
  under[0]?.raw.emit('finish');
  under[0]?.raw.emit('close');
  expect(refused).not.toThrow();
  expect(refused).toThrow();
});

test('one that is broken off leaves its place', () => {
  const { enter } = uploads();
  const under = Array.from({ length: 8 }, reply);
  for (const one of under) enter(one.as);

  for (const one of under) one.raw.emit('close');

  expect(() => {
    for (let n = 0; n < 8; n++) enter(reply().as);
  }).not.toThrow();
});
