export interface Frame {
  id: string | null;
  event: string;
  data: string;
}

/** Cuts a text stream into server-sent events; comments come out as frames without data. */
export class FrameParser {
  #rest = "";
  #lines: string[] = [];

  push(text: string): Frame[] {
    const frames: Frame[] = [];
    // A CR at the very end may be the first half of a CRLF: wait for the rest.
    const whole = this.#rest + text;
    const cut = whole.endsWith("\r") ? whole.length - 1 : whole.length;
    const lines = whole.slice(0, cut).split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? "") + whole.slice(cut);
    for (const line of lines) {
      if (line !== "") this.#lines.push(line);
      else if (this.#lines.length > 0) frames.push(this.#frame());
    }
    return frames;
  }

  #frame(): Frame {
    const frame: Frame = { id: null, event: "message", data: "" };
    const data: string[] = [];
    for (const line of this.#lines) {
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "data") data.push(value);
      else if (field === "id") frame.id = value;
      else if (field === "event") frame.event = value;
    }
    this.#lines = [];
    frame.data = data.join("\n");
    return frame;
  }
}
