/** Longest topic that is taken, and most levels. */
export const MAX_TOPIC_LENGTH = 400;
export const MAX_TOPIC_LEVELS = 32;

type Node<Item> = { readonly children: Map<string, Node<Item>>; readonly items: Set<Item> };
const node = <Item>(): Node<Item> => ({ children: new Map(), items: new Set() });

/** Which of many filters fit a topic (MQTT 3.1.1, 4.7). */
export type TopicTree<Item> = {
  add(filter: string, item: Item): void;
  remove(filter: string, item: Item): void;
  match(topic: string): ReadonlySet<Item>;
};

export function createTopicTree<Item>(): TopicTree<Item> {
  const root = node<Item>();

  function walk(levels: readonly string[], at: number, here: Node<Item>, found: Set<Item>): void {
    // Names that begin with $ are the broker's own: a wildcard at the front does not reach them.
    const isReserved = at === 0 && levels[0]?.startsWith('$') === true;
    const rest = isReserved ? undefined : here.children.get('#');
    if (rest !== undefined) for (const item of rest.items) found.add(item);
    const level = levels[at];
    if (level === undefined) {
      for (const item of here.items) found.add(item);
      return;
    }
    const next = here.children.get(level);
    if (next !== undefined) walk(levels, at + 1, next, found);
    const any = isReserved ? undefined : here.children.get('+');
    if (any !== undefined) walk(levels, at + 1, any, found);
  }

  return {
    add(filter, item) {
      let here = root;
      for (const level of filter.split('/')) {
        const next = here.children.get(level) ?? node<Item>();
        here.children.set(level, next);
        here = next;
      }
      here.items.add(item);
    },
    remove(filter, item) {
      const path: { readonly parent: Node<Item>; readonly level: string }[] = [];
      let here = root;
      for (const level of filter.split('/')) {
        const next = here.children.get(level);
        if (next === undefined) return;
        path.push({ parent: here, level });
        here = next;
      }
      here.items.delete(item);
      for (const { parent, level } of path.reverse()) {
        const child = parent.children.get(level);
        if (child === undefined || child.items.size > 0 || child.children.size > 0) return;
        parent.children.delete(level);
      }
    },
    match(topic) {
      const found = new Set<Item>();
      const levels = topic.split('/');
      if (topic.length <= MAX_TOPIC_LENGTH && levels.length <= MAX_TOPIC_LEVELS) walk(levels, 0, root, found);
      return found;
    },
  };
}

/** Whether every topic that `inner` fits, `outer` fits too. */
export function covers(outer: string, inner: string): boolean {
  const outside = outer.split('/');
  const inside = inner.split('/');
  for (const [at, level] of outside.entries()) {
    if (level === '#') return true;
    const other = inside[at];
    if (other === undefined || other === '#') return false;
    if (level !== '+' && level !== other) return false;
  }
  return inside.length === outside.length;
}

/**
 * What stands in the place of a filter's wildcards.
 * @returns null where the filter does not fit
 */
export function wildcardsOf(filter: string, topic: string): readonly string[] | null {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  const found: string[] = [];
  for (const [at, level] of wanted.entries()) {
    if (level === '#') return [...found, ...levels.slice(at)];
    const have = levels[at];
    if (have === undefined) return null;
    if (level === '+') found.push(have);
    else if (level !== have) return null;
  }
  return levels.length === wanted.length ? found : null;
}
