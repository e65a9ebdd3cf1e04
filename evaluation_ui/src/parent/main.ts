import "@/design/index.css";
import { account } from "@/account/texts";
import { openHouse } from "@/base/house";
import en from "@/texts/en/parent.json";
import hi from "@/texts/hi/parent.json";
import { places, routes } from "./routes";

void openHouse({ role: "parent", routes, places, texts: [{ en, hi }, account] });
