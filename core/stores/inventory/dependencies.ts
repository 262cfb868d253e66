import { AppError } from '../../domain/errors.ts';
import { findRings } from '../../domain/rings.ts';
import type { Prisma } from './generated/client.ts';
import type { Sql } from './sql.ts';

/** `childId` is reached through `parentId`. */
export type Dependency = { readonly childId: string; readonly parentId: string };

export type Dependencies = ReturnType<typeof dependencies>;

/** Whether any chain of parents leads back to where it began. */
function hasRing(edges: readonly Dependency[]): boolean {
  const parents = new Map<string, string[]>();
  for (const { childId, parentId } of edges) parents.set(childId, [...(parents.get(childId) ?? []), parentId]);
  return findRings(parents, 1).length > 0;
}

/**
 * Replaces what a device is reached through, within the caller's transaction.
 * @throws AppError `conflict` where a device would depend on itself
 */
export async function saveParents(
  tx: Prisma.TransactionClient,
  childId: string,
  parentIds: readonly string[],
): Promise<void> {
  if (parentIds.includes(childId)) throw new AppError('conflict', 'a device cannot depend on itself');
  await tx.dependency.deleteMany({ where: { childId } });
  await tx.dependency.createMany({ data: [...new Set(parentIds)].map((parentId) => ({ childId, parentId })) });
  if (hasRing(await tx.dependency.findMany())) {
    throw new AppError('conflict', 'a device cannot depend on itself, even by others');
  }
}

export function dependencies(sql: Sql) {
  return {
    async all(): Promise<readonly Dependency[]> {
      return await sql.query<Dependency>(
        'SELECT child_id AS "childId", parent_id AS "parentId" FROM dependency ORDER BY child_id, parent_id',
      );
    },

    async parentsOf(childId: string): Promise<string[]> {
      const rows = await sql.query<{ id: string }>(
        'SELECT parent_id AS id FROM dependency WHERE child_id = $1 ORDER BY parent_id',
        [childId],
      );
      return rows.map(({ id }) => id);
    },
  };
}
