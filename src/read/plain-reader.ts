import type { Source } from "../model/report.js";
import { type Bytes, joined } from "./bytes.js";
import { type Encoding, encodingOf, sampleSize } from "./encoding.js";
import type { Input } from "./input.js";
import { type Limits, limits as usual } from "./limits.js";
import { Utf8Reader } from "./utf8-reader.js";

/** What follows the byte order mark goes, as UTF-8, to one reader. */
interface Route {
  readonly reader: Utf8Reader;
  readonly push: (piece: Uint8Array) => void;
  readonly end: () => void;
}

/**
 * Reads a plain text that comes in pieces: UTF-16 where it begins with that byte order mark or its NULs show it, UTF-8
 * otherwise. The mark belongs to the encoding, not to the text. Bytes that are not UTF-8 become U+FFFD, with a diagnostic
 * where one lies in a window. Only the stretches that may hold something become text. How the text is divided into pieces
 * makes no difference. Throws what `again` throws, and nothing of its own, whatever the bytes are.
 */
export class PlainReader {
  private route: Route | null = null;
  /** What came while it was too short to tell the encoding. */
  private beginning: Uint8Array = new Uint8Array();

  /** @param again see {@link Utf8Reader}; of the whole text, mark and all */
  constructor(
    private readonly again: Bytes | null,
    private readonly limits: Limits = usual,
  ) {}

  /** How many bytes are kept, or became windows. */
  get size(): number {
    return this.route === null ? this.beginning.length : this.route.reader.size;
  }

  /** Takes the next bytes. */
  push(piece: Uint8Array): void {
    if (this.route !== null) {
      this.route.push(piece);
      return;
    }
    const missing = sampleSize - this.beginning.length;
    this.beginning = joined([this.beginning, piece.subarray(0, missing)]);
    if (this.beginning.length === sampleSize) this.begin().push(piece.subarray(missing));
  }

  /** Says that no more bytes come, and gives what they hold. */
  end(source: Source): Input {
    const route = this.route ?? this.begin();
    route.end();
    return { source, windows: route.reader.windows.list, diagnostics: route.reader.windows.diagnostics };
  }

  private begin(): Route {
    const { again, limits, beginning } = this;
    const encoding = encodingOf(beginning);
    const route =
      encoding.name === "utf-8" ? utf8Route(encoding, again, limits) : utf16Route(encoding, limits);
    route.push(beginning.subarray(encoding.mark));
    this.route = route;
    return route;
  }
}

function utf8Route({ mark }: Encoding, again: Bytes | null, limits: Limits): Route {
  const behindMark = again && {
    subarray: (start: number, end: number) => again.subarray(mark + start, mark + end),
  };
  const reader = new Utf8Reader(behindMark, limits);
  return { reader, push: (piece) => reader.push(piece), end: () => reader.end() };
}

/** Bytes that are decoded at a time. */
const portion = 1024 * 1024;

/** What was UTF-16 goes over in portions, so that it is never one string. */
function utf16Route({ name }: Encoding, limits: Limits): Route {
  const reader = new Utf8Reader(null, limits);
  const decoder = new TextDecoder(name, { ignoreBOM: true });
  const encoder = new TextEncoder();
  return {
    reader,
    push: (piece) => {
      for (let start = 0; start < piece.length; start += portion) {
        const text = decoder.decode(piece.subarray(start, start + portion), { stream: true });
        reader.push(encoder.encode(text));
      }
    },
    end: () => {
      reader.push(encoder.encode(decoder.decode()));
      reader.end();
    },
  };
}
