/** The rooms whose faults are listed, by the name that `npm run mutate` takes. */
import type { EditedRoom } from "./edit.ts";
import { base } from "./edits/base.ts";
import { build } from "./edits/build.ts";
import { directory } from "./edits/directory.ts";
import { hosts } from "./edits/hosts.ts";
import { jobs } from "./edits/jobs.ts";
import { jobSources } from "./edits/job-sources.ts";
import { jobSchedules } from "./edits/job-schedules.ts";
import { monitor } from "./edits/monitor.ts";
import { network } from "./edits/network.ts";
import { providers } from "./edits/providers.ts";
import { renderer } from "./edits/renderer.ts";
import { servicesRoom } from "./edits/services.ts";
import { shared } from "./edits/shared.ts";
import { aliases, certificates, mail, powershell, router } from "./edits/small-rooms.ts";
import { store } from "./edits/store.ts";
import { team } from "./edits/team.ts";

export const rooms: Readonly<Record<string, EditedRoom>> = {
  store,
  team,
  services: servicesRoom,
  directory,
  network,
  hosts,
  jobs,
  sources: jobSources,
  schedules: jobSchedules,
  monitor,
  providers,
  certificates,
  aliases,
  mail,
  powershell,
  router,
  base,
  shared,
  renderer,
  build,
};
