import { shallowRef } from "vue";
import { forget, type Person, signIn as open, whoIsHere } from "./access";
import { api } from "./api";
import { Problem } from "./problem";

/** Who is signed in on this page. */
export const person = shallowRef<Person | null>(null);

/** Where a person's own page is. */
export function homeOf(role: Person["role"]): string {
  return `/${role}/`;
}

/** Sign in and say who it is. */
export async function signIn(email: string, password: string): Promise<Person> {
  person.value = (await open(email, password)).person;
  return person.value;
}

/** Recognise who is signed in; null when nobody is. Throws Unreachable without a network. */
export async function recognise(): Promise<Person | null> {
  try {
    person.value = await whoIsHere();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    person.value = null;
  }
  return person.value;
}

/** End this session and go to the sign-in page. */
export async function signOut(): Promise<void> {
  await api.POST("/api/v1/auth/sign-out").catch(() => undefined); // an unreachable house ends it by itself later
  forget();
  person.value = null;
  sessionStorage.clear();
  location.assign("/");
}
