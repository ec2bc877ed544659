/** The verbs, in the order --help lists them. */
import type { Verb } from "../verb.ts";
import { alias } from "./alias.ts";
import { certificate } from "./certificate.ts";
import { compare } from "./compare.ts";
import { data } from "./data.ts";
import { diagnostics } from "./diagnostics.ts";
import { exportVerb, importVerb } from "./handover.ts";
import { jobs } from "./jobs.ts";
import { key } from "./key.ts";
import { mailObjects } from "./mail-objects.ts";
import { members } from "./members.ts";
import { completionOf } from "./completion.ts";
import { practice } from "./practice.ts";
import { probe } from "./probe.ts";
import { report } from "./report.ts";
import { script } from "./script.ts";
import { servers } from "./servers.ts";
import { settings } from "./settings.ts";
import { status } from "./status.ts";
import { stores } from "./stores.ts";
import { subscriptions } from "./subscriptions.ts";
import { validate } from "./validate.ts";

export const verbs: readonly Verb[] = [stores, servers, status, certificate, alias, mailObjects, jobs, subscriptions, exportVerb, importVerb, key, compare, report, validate, script, probe, diagnostics, data, members, settings, practice, completionOf(() => verbs)];
