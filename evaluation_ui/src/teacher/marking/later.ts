import { shallowRef, type ShallowRef } from "vue";

/** Questions that the teacher means to come back to, kept on this device until the script is done. */
export interface Later {
  numbers: ShallowRef<readonly number[]>;
  toggle(number: number): boolean;
  clear(): void;
}

export function laterOf(evaluation: string, storage: Storage = localStorage): Later {
  const name = `mathvidya-later-${evaluation}`;
  const numbers = shallowRef<readonly number[]>(read(storage.getItem(name)));
  return {
    numbers,
    toggle(number) {
      const isNoted = numbers.value.includes(number);
      numbers.value = isNoted ? numbers.value.filter((one) => one !== number) : [...numbers.value, number].sort((a, b) => a - b);
      storage.setItem(name, JSON.stringify(numbers.value));
      return !isNoted;
    },
    clear() {
      numbers.value = [];
      storage.removeItem(name);
    },
  };
}

function read(kept: string | null): number[] {
  try {
    const found: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(found) ? found.filter((one): one is number => typeof one === "number") : [];
  } catch {
    return [];
  }
}
