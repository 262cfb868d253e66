import { AppError } from '../../domain/errors.ts';
import type { Prisma } from './generated/client.ts';
import type { Sql } from './sql.ts';

/** `childId` is reached through `parentId`. */
export type Dependency = { readonly childId: string; readonly parentId: string };

export type Dependencies = ReturnType<typeof dependencies>;

/** Whether any chain of parents leads back to where it began. */
function hasCycle(edges: readonly Dependency[]): boolean {
  const parents = new Map<string, string[]>();
  for (const { childId, parentId } of edges) {
    const known = parents.get(childId);
    if (known === undefined) parents.set(childId, [parentId]);
    else known.push(parentId);
  }
  const open = new Set<string>();
  const done = new Set<string>();
  for (const start of parents.keys()) {
    const stack = [start];
    while (stack.length > 0) {
      const id = stack.at(-1) as string;
      if (!open.has(id) && !done.has(id)) {
        open.add(id);
        for (const parent of parents.get(id) ?? []) {
          if (open.has(parent)) return true;
          if (!done.has(parent)) stack.push(parent);
        }
      } else {
        stack.pop();
        open.delete(id);
        done.add(id);
      }
    }
  }
  return false;
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
  if (hasCycle(await tx.dependency.findMany())) {
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
