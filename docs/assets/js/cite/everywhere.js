// What every page has of citing: the dialect, the ticks, the count in the header.

import { startDialect } from "./dialect.js";
import { startTicks } from "./ticks.js";

startDialect();
startTicks();
