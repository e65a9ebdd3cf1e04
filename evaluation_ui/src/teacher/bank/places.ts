import { computed, inject, provide, type ComputedRef, type InjectionKey, type Ref } from "vue";
import type { Errors } from "./errors";

const FOUND: InjectionKey<Ref<Errors>> = Symbol("errors of the form");

/** Make known to every field of a form what the API found wrong, and where. */
export function provideErrors(errors: Ref<Errors>): void {
  provide(FOUND, errors);
}

/** What is wrong at a place of the form. */
export function errorsAt(place: () => string): ComputedRef<string[]> {
  const found = inject(FOUND, undefined);
  return computed(() => found?.value[place()] ?? []);
}
