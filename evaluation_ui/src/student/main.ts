import "@/design/index.css";
import { account } from "@/account/texts";
import { openHouse } from "@/base/house";
import en from "@/texts/en/student.json";
import hi from "@/texts/hi/student.json";
import { places, routes } from "./routes";

void openHouse({ role: "student", routes, places, texts: [{ en, hi }, account], opensOffline: true });
