/** Where somebody goes who has signed in: back to where they were, if that is theirs and on this site; else home. */
export function destination(role: string, home: string, asked = new URLSearchParams(location.search).get("next")): string {
  return asked !== null && asked.startsWith(`/${role}/`) && !asked.includes("\\") ? asked : home;
}
