import { useInfiniteQuery } from "@tanstack/vue-query";
import { computed, reactive, toValue, type MaybeRefOrGetter } from "vue";

export interface Page<Item> {
  items: Item[];
  next_after: string | null;
}
type Read<Item> = (after: string | null) => Promise<Page<Item>>;

const MOST_PAGES = 50;

/** A list that is read page by page; another `key` starts it anew. */
export function useList<Item>(key: MaybeRefOrGetter<readonly unknown[]>, read: Read<Item>) {
  const query = useInfiniteQuery({
    queryKey: computed(() => [...toValue(key)]),
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<Item>) => page.next_after,
  });
  return reactive({
    items: computed<Item[]>(() => (query.data.value?.pages ?? []).flatMap((page) => page.items)),
    loading: query.isPending,
    error: query.error,
    more: query.hasNextPage,
    busy: query.isFetchingNextPage,
    next: () => query.fetchNextPage(),
    again: () => query.refetch(),
  });
}

export type List<Item> = ReturnType<typeof useList<Item>>;

/** Every item of a list that is short by its nature, such as the holidays of a year. */
export async function everything<Item>(read: Read<Item>): Promise<Item[]> {
  const found: Item[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page: Page<Item> = await read(after);
    found.push(...page.items);
    after = page.next_after;
    if (after === null) break;
  }
  return found;
}
