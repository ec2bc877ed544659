/**
 * Runs before the console is read and compiled: what the host does to let the page in, it does meanwhile. A classic script of its
 * own, because a browser runs modules one after another, once it has compiled them.
 */
import { enterAhead } from "./host/admission.ts";
import { isElectron } from "./host/connection.ts";

// Electron hands a port over instead, and not before the page has loaded.
if (!isElectron()) enterAhead();
