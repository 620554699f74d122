import type { Edit, View } from "../text/view.js";
import { ansi, spelledAnsi } from "./ansi.js";
import { blanks } from "./blanks.js";
import { complaints } from "./complaints.js";
import { dedent } from "./dedent.js";
import { diff } from "./diff.js";
import { eatenMarkers } from "./eaten-markers.js";
import { entrySigns } from "./entry-signs.js";
import { html } from "./html.js";
import { innerMarks } from "./inner-marks.js";
import { interleaved } from "./interleaved.js";
import { jsonStrings } from "./json-strings.js";
import { lineEnds } from "./line-ends.js";
import { lineJunk } from "./line-junk.js";
import { lostHash } from "./lost-hash.js";
import { lostLineEnds } from "./lost-line-ends.js";
import { markdown } from "./markdown.js";
import { miConsole } from "./mi-console.js";
import { miJson } from "./mi-json.js";
import { mojibake } from "./mojibake.js";
import { overstrikes } from "./overstrikes.js";
import { paging } from "./paging.js";
import { prefix } from "./prefix.js";
import { progress } from "./progress.js";
import { quote } from "./quote.js";
import { quotedPrintable } from "./quoted-printable.js";
import { reflow } from "./reflow.js";
import { rewrap } from "./rewrap.js";
import { rewrapAssertion } from "./rewrap-assertion.js";
import { rewrapNotice } from "./rewrap-notice.js";
import { spacing } from "./spacing.js";
import { splitPath } from "./split-path.js";
import { stamp } from "./stamp.js";
import { syslogEscapes } from "./syslog-escapes.js";
import { tabs } from "./tabs.js";
import { typography } from "./typography.js";

/** Finds one kind of damage in a view and says how to undo it. */
export type Obstacle = (view: View) => Edit[];

/** In the order in which they are undone: what the last hand did to the text comes first. */
export const obstacles: readonly Obstacle[] = [
  // What carried the text, then the page or terminal that it was taken from, then single characters.
  quotedPrintable,
  html,
  // One logger writes JSON into another's.
  jsonStrings,
  jsonStrings,
  ansi,
  overstrikes,
  progress,
  lineEnds,
  lineJunk,
  syslogEscapes,
  spelledAnsi,
  mojibake,
  blanks,
  typography,
  // Needs the names of programs that the next ones take off.
  interleaved,
  // A mail may quote a log, and a log show a mail.
  stamp,
  quote,
  prefix,
  stamp,
  prefix,
  quote,
  lostLineEnds,
  spacing,
  // What a front end's log made of gdb/MI, and gdb/MI of gdb's own lines.
  miJson,
  miConsole,
  diff,
  paging,
  // What editors and archives do to lines, only where quote marks and patches are out of the way.
  markdown,
  tabs,
  dedent,
  lostHash,
  complaints,
  entrySigns,
  reflow,
  eatenMarkers,
  rewrap,
  innerMarks,
  rewrapAssertion,
  rewrapNotice,
  // Needs whole frames.
  splitPath,
];
