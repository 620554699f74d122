// Breaks nobody-imports-the-page.
export { defaultFile } from "../page/main.js";
