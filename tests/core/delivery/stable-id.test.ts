import { expect, test } from 'vitest';
import { stableId } from '../../../core/delivery/stable-id.ts';

test('the same parts give the same UUID, others another', () => {
  const id = stableId('incident', 'opened', 1);

  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(stableId('incident', 'opened', 1)).toBe(id);
  expect(stableId('incident', 'opened1')).not.toBe(id);
  expect(stableId('incidentopened', 1)).not.toBe(id);
});
