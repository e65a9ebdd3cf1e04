import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, ask } from "@/base/api";
import { everything } from "../shared/lists";
import type { Calendar, Holiday, Override } from "../shared/types";
import { bounds, type Month } from "./grid";

const MOST = 100;

/** Everything that is said of the days of a year by one calendar. */
export function useYear(code: MaybeRefOrGetter<string>, month: MaybeRefOrGetter<Month>) {
  const year = computed(() => toValue(month).year);
  const key = (what: string) => computed(() => ["admin", "calendar", what, toValue(code), year.value]);
  const holidays = useQuery({ queryKey: key("holidays"), queryFn: () => holidaysOf(toValue(code), year.value), placeholderData: keepPreviousData });
  const overrides = useQuery({
    queryKey: computed(() => ["admin", "calendar", "overrides", toValue(code)]),
    queryFn: () => overridesOf(toValue(code)),
  });
  const calendars = useQuery({ queryKey: ["admin", "calendar", "calendars"], queryFn: () => ask(api.GET("/api/v1/calendars")) });
  return {
    holidays: computed<Holiday[]>(() => holidays.data.value ?? []),
    overrides: computed<Override[]>(() => overrides.data.value ?? []),
    calendars: computed<Calendar[]>(() => calendars.data.value?.items ?? []),
    loading: computed(() => calendars.isPending.value || holidays.isPending.value || overrides.isPending.value),
    error: computed(() => calendars.error.value ?? holidays.error.value ?? overrides.error.value),
    again: () => Promise.all([calendars.refetch(), holidays.refetch(), overrides.refetch()]),
  };
}

/** A page of December shows days of January too: the months around the year are asked for with it. */
function holidaysOf(calendar: string, year: number): Promise<Holiday[]> {
  const around = { first: bounds({ year: year - 1, month: 12 }).first, last: bounds({ year: year + 1, month: 1 }).last };
  return everything((after) => ask(api.GET("/api/v1/holidays", { params: { query: { calendar, ...around, limit: MOST, after } } })));
}

function overridesOf(code: string): Promise<Override[]> {
  return everything((after) => ask(api.GET("/api/v1/calendars/{code}/overrides", { params: { path: { code }, query: { limit: MOST, after } } })));
}
