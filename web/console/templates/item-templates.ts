export type ItemTemplate = {
  readonly source: string
  readonly item: string
  readonly itemName: string
  readonly unit: string
  readonly unitName: string
}

/** One template for each item and unit, however many sources report it; in the order of the items' names. */
export function templatesOf(sources: readonly ItemTemplate[]): ItemTemplate[] {
  const seen = new Map<string, ItemTemplate>()
  for (const source of sources) {
    const key = `${source.item} ${source.unit}`
    if (!seen.has(key)) seen.set(key, source)
  }
  return [...seen.values()].sort((a, b) => a.itemName.localeCompare(b.itemName, 'zh-CN'))
}
