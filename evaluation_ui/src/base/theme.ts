import { ref } from "vue";

export type Theme = "system" | "light" | "dark";

const KEPT = "mathvidya-theme";

/** Light, dark, or as the device says; kept on this device. */
export const theme = ref<Theme>(remembered());

/** Change how the page looks. */
export function setTheme(chosen: Theme): void {
  theme.value = chosen;
  localStorage.setItem(KEPT, chosen);
  applyTheme();
}

/** Put the choice where the tokens read it. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = theme.value;
}

function remembered(): Theme {
  const kept = localStorage.getItem(KEPT);
  return kept === "light" || kept === "dark" ? kept : "system";
}
