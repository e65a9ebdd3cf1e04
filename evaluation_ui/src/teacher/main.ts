import "@/design/index.css";
import "@/design/staff.css";
import { account } from "@/account/texts";
import { openHouse } from "@/base/house";
import en from "@/texts/en/teacher.json";
import hi from "@/texts/hi/teacher.json";
import { places, routes } from "./routes";

void openHouse({ role: "teacher", routes, places, texts: [{ en, hi }, account] });
