/** Opens the inventory for one command, and closes it however the command ends. */
export async function withInventory<Opened extends { close(): Promise<void> }>(
  { openInventory }: { readonly openInventory: () => Promise<Opened> },
  work: (inventory: Opened) => Promise<void>,
): Promise<void> {
  const inventory = await openInventory();
  try {
    await work(inventory);
  } finally {
    await inventory.close();
  }
}
