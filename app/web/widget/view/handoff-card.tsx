import { useState } from "preact/hooks";
import type { ChatState } from "../state/chat";
import type { Waiting } from "../state/transcript";
import { useLocale, useWords } from "../words/words";
import { ContactForm } from "./contact-form";
import { Icon } from "./icon";
import { asDuration, asHours, spoken } from "./spoken";

interface Props {
  state: ChatState;
  waiting: Waiting;
  onContact: (reach: string, note: string) => void;
}

/** Says honestly who will come, and when. What the log says of the wait grows old; this follows it. */
export function HandoffCard({ state, waiting, onContact }: Props) {
  const words = useWords();
  const locale = useLocale();
  const [asks, setAsks] = useState(false);
  const { open, position, expected, opensAt, closesAt, hours, timezone } = waiting;
  const { reach } = state.transcript;
  const leaving = state.pending.some((parcel) => parcel.kind === "contact");
  const moment = (when: string | null) => {
    const said = when === null ? null : spoken(new Date(when), new Date(), locale);
    return said === null ? null : words.moment(said);
  };
  const closes = moment(closesAt);
  const opens = moment(opensAt);
  return (
    <div class="card">
      <h3>
        <Icon name={open ? "person" : "moon"} />
        {open ? words.personTitle : words.nobodyTitle}
      </h3>
      {open ? (
        <dl class="facts">
          <dt>{words.inLine}</dt>
          <dd>{position === null ? words.soon : words.position(position)}</dd>
          <dt>{words.wait}</dt>
          <dd>{expected === null ? words.waitUnknown : words.expected(asDuration(expected, locale))}</dd>
          {closes !== null && <dt>{words.hours}</dt>}
          {closes !== null && <dd>{words.openUntil(closes)}</dd>}
        </dl>
      ) : (
        <>
          <p>{opens === null ? words.closed : words.closedUntil(opens)}</p>
          {hours.length > 0 && <Hours lines={hours.map((one) => asHours(one, locale))} timezone={timezone} />}
        </>
      )}
      {leaving && <p class="soft">{words.sending}</p>}
      {reach !== null && !asks && (
        <p class="reached" dir="auto">
          {words.reached(reach)}
        </p>
      )}
      {!leaving &&
        (asks || (!open && reach === null) ? (
          <ContactForm
            onSend={(how, note) => {
              setAsks(false);
              onContact(how, note);
            }}
            {...(asks ? { onCancel: () => setAsks(false) } : {})}
          />
        ) : (
          <button type="button" class="link" onClick={() => setAsks(true)}>
            {reach === null ? words.ratherNotWait : words.changeReach}
          </button>
        ))}
    </div>
  );
}

function Hours({ lines, timezone }: { lines: string[]; timezone: string }) {
  const words = useWords();
  return (
    <p class="soft">
      {words.hours}: {lines.join("; ")} ({timezone.split("/").at(-1)?.replaceAll("_", " ")})
    </p>
  );
}
