import "./help.css";
import { SearchBox } from "./search-box";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-search]")) new SearchBox(form);
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
for (const element of document.querySelectorAll<HTMLElement>("[data-needs-script]")) element.hidden = false;
