/**
 * React in a file of its own. It makes errors while it is read, and whoever watches the page (developer tools do) has each
 * script that is under way then read a second time: this one alone, not the whole console.
 */
export { createRoot } from "react-dom/client";
