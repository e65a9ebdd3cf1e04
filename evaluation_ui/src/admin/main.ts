import "@/design/index.css";
import "@/design/staff.css";
import { openHouse } from "@/base/house";
import { account } from "@/account/texts";
import en from "@/texts/en/admin.json";
import hi from "@/texts/hi/admin.json";
import { places, routes } from "./routes";

void openHouse({ role: "admin", routes, places, texts: [{ en, hi }, account] });
