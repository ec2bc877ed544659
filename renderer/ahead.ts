/** Runs before the console is read and compiled: what the host does to let the page in, it does meanwhile. */
import { enterAhead } from "./host/admission.ts";
import { isElectron } from "./host/connection.ts";

// Electron hands a port over instead, and not before the page has loaded.
if (!isElectron()) enterAhead();
