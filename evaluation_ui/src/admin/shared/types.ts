import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Managed = Schemas["ManagedPerson"];
export type Role = Managed["role"];
export type ClassLevel = "X" | "XII";
export type Plan = Schemas["Plan"];
export type PlanName = Plan["name"];
export type Subscription = Schemas["Subscription"];
export type Link = Schemas["Link"];
export type Holiday = Schemas["Holiday"];
export type Override = Schemas["Override"];
export type Calendar = Schemas["Calendar"];
export type Setting = Schemas["Setting"];
export type BoardRow = Schemas["BoardRow"];
export type Board = Schemas["Board"];
export type ClockAccount = Schemas["ClockAccount"];
export type Audit = Schemas["Audit"];
export type Health = Schemas["Health"];
export type Quota = Schemas["Quota"];

export const ROLES: readonly Role[] = ["student", "parent", "teacher", "admin"];
export const CLASSES: readonly ClassLevel[] = ["X", "XII"];
