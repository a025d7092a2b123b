/** Cuts a text stream into server-sent events and gives their data: each says in it what it is. Comments have none. */
export class FrameParser {
  #rest = "";
  #lines: string[] = [];

  push(text: string): string[] {
    const frames: string[] = [];
    // A CR at the very end may be the first half of a CRLF: wait for the rest.
    const whole = this.#rest + text;
    const cut = whole.endsWith("\r") ? whole.length - 1 : whole.length;
    const lines = whole.slice(0, cut).split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? "") + whole.slice(cut);
    for (const line of lines) {
      if (line !== "") this.#lines.push(line);
      else {
        const data = this.#lines.flatMap((one) => /^data: ?(.*)/s.exec(one)?.[1] ?? []);
        if (data.length > 0) frames.push(data.join("\n"));
        this.#lines = [];
      }
    }
    return frames;
  }
}
