import { expect, test } from 'vitest';
import { MINUTE } from '../../../core/domain/clock.ts';
import { attemptLimiter, SIGN_IN_LIMITS } from '../../../core/services/attempt-limiter.ts';

function limiterAt(start: number) {
  const time = { now: start };
  return { time, limiter: attemptLimiter(() => time.now) };
}
const LIMITS = SIGN_IN_LIMITS;

test('a name is protected from guesses spread over addresses', () => {
  const { limiter } = limiterAt(0);
  for (let attempt = 0; attempt < LIMITS.name.attempts; attempt += 1) {
    expect(limiter.take('admin', `10.0.0.${attempt}`)).toBe(0);
  }

  expect(limiter.take('admin', '10.0.1.1')).toBe(LIMITS.name.windowMs);
  expect(limiter.take('other', '10.0.1.1')).toBe(0);
});

test('an address may not try many names, nor an IPv6 subscriber from many addresses', () => {
  const { limiter } = limiterAt(0);
  for (let attempt = 0; attempt < LIMITS.address.attempts; attempt += 1) {
    expect(limiter.take(`name-${attempt}`, `2001:db8:0:1::${attempt.toString(16)}`)).toBe(0);
  }

  expect(limiter.take('another', '2001:db8:0:1:ffff::1')).toBeGreaterThan(0);
  expect(limiter.take('another', '2001:db8:0:2::1')).toBe(0);
});

test('waiting ends with the window, and what is right is forgiven', () => {
  const { limiter, time } = limiterAt(0);
  for (let attempt = 0; attempt < LIMITS.pair.attempts; attempt += 1) limiter.take('ani', '10.0.0.1');
  time.now = 5 * MINUTE;
  const wait = limiter.take('ani', '10.0.0.1');
  time.now = LIMITS.pair.windowMs;

  expect(wait).toBe(LIMITS.pair.windowMs - 5 * MINUTE);
  for (let attempt = 0; attempt < LIMITS.pair.attempts - 1; attempt += 1) {
    expect(limiter.take('ani', '10.0.0.1')).toBe(0);
  }
  limiter.forgive('ani', '10.0.0.1');
  expect(limiter.take('ani', '10.0.0.1')).toBe(0);
  expect(limiter.take('ani', '10.0.0.1')).toBe(0);
});

test('a flood of names and addresses is forgotten again: memory is bounded', () => {
  const { limiter } = limiterAt(0);
  for (let attempt = 0; attempt < LIMITS.pair.attempts; attempt += 1) limiter.take('ani', '10.0.0.1');
  const isBlocked = limiter.take('ani', '10.0.0.1') > 0;

  for (let index = 0; index < 20_000; index += 1) limiter.take(`name-${index}`, `10.1.${index >> 8}.${index & 255}`);

  expect(isBlocked).toBe(true);
  expect(limiter.take('ani', '10.0.0.1')).toBe(0);
});
