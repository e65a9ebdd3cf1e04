/** What the API answers when it refuses: RFC 9457 problem details. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly slug: string,
    readonly title: string,
    readonly detail: string,
    readonly members: Record<string, unknown>,
  ) {
    super(detail || title);
    this.name = "Problem";
  }

  /** By field, what is wrong and how to mend it; empty when no field is to blame. */
  get errors(): Record<string, string[]> {
    return flattened(this.members.errors);
  }
}

/** The house cannot be reached: nothing was refused, nothing was done that we know of. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("the house cannot be reached", { cause });
    this.name = "Unreachable";
  }
}

/** The problem in an answer's body; answers of proxies, which are not JSON, become one too. */
export function problemOf(status: number, body: unknown): Problem {
  const members = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const type = typeof members.type === "string" ? members.type : "";
  const words = (name: string): string => (typeof members[name] === "string" ? (members[name] as string) : "");
  return new Problem(status, type.split("/").pop() || `http-${status}`, words("title"), words("detail"), members);
}

function flattened(errors: unknown, prefix = ""): Record<string, string[]> {
  if (Array.isArray(errors)) return { [prefix]: errors.map(String) };
  if (typeof errors === "string") return { [prefix]: [errors] };
  if (typeof errors !== "object" || errors === null) return {};
  return Object.assign(
    {},
    ...Object.entries(errors).map(([name, inner]) => flattened(inner, prefix ? `${prefix}.${name}` : name)),
  ) as Record<string, string[]>;
}
