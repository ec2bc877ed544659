/** React, begun in its own file: see the renderer's code splitting in the build. */
export { createRoot } from "react-dom/client";
