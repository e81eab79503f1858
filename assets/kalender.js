// Laver en kalenderfil med en række møder ud fra datoen for det første.
//
//   <form class="kalender" hidden data-titel="Opfølgningsmøde" data-interval="3"
//     data-enhed="maaned" data-varighed="60" data-beskrivelse data-sted data-adresse>
//
// data-enhed is "maaned", "uge" or "dag". With data-interval < data-max ("hver 6.-8. uge")
// the reader chooses the interval; without data-interval there is one meeting. data-raekke
// has the sessions of a bounded series as JSON: [["1. Velkommen", 120, 0], …], each with its
// minutes and the pause before it.
// The file is made here: nothing is sent or stored.
(() => {
  "use strict";

  // A date is midnight UTC of that day, in milliseconds, so that time zones and summer
  // time don't matter.
  const DAY = 864e5;
  const toDay = (iso) => Date.parse(iso + "T00:00:00Z");
  const toISO = (day) => new Date(day).toISOString().slice(0, 10);
  const dayOf = (year, month, date) => Date.UTC(year, month - 1, date);

  // Easter Sunday of a year from 1900 to 2099 (Carter).
  function easter(year) {
    let d = (204 - 11 * (year % 19)) % 30 + 21;
    if (d > 48) d--;
    return dayOf(year, 3, d + 7 - (year + Math.floor(year / 4) + d + 1) % 7);
  }

  // holiday returns the name of a day on which no meeting is held, or "".
  function holiday(day) {
    const year = new Date(day).getUTCFullYear();
    const fixed = {
      "01-01": ord("helligdag.nytaarsdag"), "06-05": ord("helligdag.grundlovsdag"),
      "12-24": ord("helligdag.juleaftensdag"), "12-25": ord("helligdag.juledag"),
      "12-26": ord("helligdag.anden-juledag"), "12-31": ord("helligdag.nytaarsaftensdag"),
    };
    const moving = {
      "-3": ord("helligdag.skaertorsdag"), "-2": ord("helligdag.langfredag"), 0: ord("helligdag.paaskedag"),
      1: ord("helligdag.anden-paaskedag"), 39: ord("helligdag.himmelfartsdag"), 49: ord("helligdag.pinsedag"),
      50: ord("helligdag.anden-pinsedag"),
    };
    return fixed[toISO(day).slice(5)] ?? moving[(day - easter(year)) / DAY] ?? "";
  }

  const closed = (day) => [0, 6].includes(new Date(day).getUTCDay()) || holiday(day) !== "";

  function addMonths(day, n) {
    const d = new Date(day), month = d.getUTCMonth() + n;
    const last = new Date(Date.UTC(d.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return Date.UTC(d.getUTCFullYear(), month, Math.min(d.getUTCDate(), last));
  }

  // week is the number of a day's week (ISO 8601): that of its Thursday in the year. Day 0
  // was a Thursday.
  function week(day) {
    const thursday = Math.floor((day / DAY + 3) / 7) * 7 * DAY;
    return Math.ceil((thursday - dayOf(new Date(thursday).getUTCFullYear(), 1, 0)) / DAY / 7);
  }

  // series returns [{planned, held}] as ISO dates; held is the next weekday. Two that
  // would be held the same day are one. list has the sessions of a bounded series, with the
  // pause before each; weeks in without have no meeting.
  function series({ first, count, interval, unit, list = [], without = [] }) {
    const days = { dag: DAY, uge: 7 * DAY }[unit], out = [];
    for (let i = 0, n = 0; out.length < count; i++, n += interval) {
      const on = () => days ? toDay(first) + days * n : addMonths(toDay(first), n);
      n += list[i]?.[2] ?? 0;
      for (let free = 52; free-- && without.includes(week(on()));) n += interval;
      let held = on();
      while (closed(held)) held += DAY;
      if (list[i] || out.at(-1)?.held !== toISO(held)) out.push({ planned: toISO(on()), held: toISO(held), of: list[i] });
    }
    return out;
  }

  function spell(iso, withYear) {
    return new Intl.DateTimeFormat("da-DK", {
      weekday: "long", day: "numeric", month: "long", year: withYear ? "numeric" : undefined, timeZone: "UTC",
    }).format(toDay(iso)).replace(" den ", " ");
  }

  // moved says why a meeting is not on its planned day; "" when it is.
  function moved({ planned, held }) {
    if (planned === held) return "";
    const name = holiday(toDay(planned));
    const text = name ? ord("kalender.flyttet-fra-helligdag").replace("{helligdag}", name) : ord("kalender.flyttet-fra");
    return text.replace("{dag}", spell(planned));
  }

  const escape = (s) => s.replace(/\r\n?/g, "\n").replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");

  // fold folds a line to at most 75 octets, never inside a character (RFC 5545).
  function fold(line) {
    let out = "", room = 75;
    for (const c of line) {
      const size = new TextEncoder().encode(c).length;
      if (size > room) {
        out += "\r\n ";
        room = 74;
      }
      out += c;
      room -= size;
    }
    return out;
  }

  // uid is the same for the same meeting of the same choices, so that importing a file
  // again replaces its meetings, and another child's series stands beside them. Only the
  // reminder may differ. It identifies nobody (FNV-1a, 64 bits).
  function uid(text) {
    let hash = 0xcbf29ce484222325n;
    for (const c of text) hash = BigInt.asUintN(64, (hash ^ BigInt(c.codePointAt(0))) * 0x100000001b3n);
    return `${hash.toString(16)}@modelhaandbog`;
  }

  const stamp = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");

  const ZONE = `BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`.split("\n");

  // event returns the lines of one meeting. Times are local times in Copenhagen.
  function event(meeting, m, now) {
    const from = Date.parse(`${meeting.held}T${m.time}:00Z`);
    const wall = (ms) => `;TZID=Europe/Copenhagen:${stamp(ms).slice(0, -1)}`;
    const away = moved(meeting) && ord("kalender.moedet-er").replace("{flyttet}", moved(meeting));
    const about = [m.description, away, m.address].filter(Boolean).join("\n");
    const lines = [
      "BEGIN:VEVENT",
      `UID:${uid(JSON.stringify([
        m.title, m.address, m.first, m.time, m.minutes, m.unit, m.interval, m.count, meeting.planned,
      ]))}`,
      `DTSTAMP:${stamp(now)}`,
      `DTSTART${wall(from)}`,
      `DTEND${wall(from + (meeting.of?.[1] ?? m.minutes) * 6e4)}`,
      `SUMMARY:${escape(meeting.of?.[0] ?? m.title)}`,
    ];
    if (about) lines.push(`DESCRIPTION:${escape(about)}`);
    if (m.place) lines.push(`LOCATION:${escape(m.place)}`);
    if (/^https?:\/\/[^\s]+$/.test(m.address)) lines.push(`URL:${m.address}`);
    if (m.alarm) lines.push("BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escape(m.title)}`, `TRIGGER:-${m.alarm}`, "END:VALARM");
    return [...lines, "END:VEVENT"];
  }

  // calendar returns the file's text. m is {title, description, place, address,
  // first, time, minutes, count, interval, unit, alarm}; now is in milliseconds.
  function calendar(m, now) {
    return [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Modelhåndbog//Kalender//DA", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
      ...ZONE, ...series(m).flatMap((meeting) => event(meeting, m, now)), "END:VCALENDAR",
    ].map((line) => fold(line) + "\r\n").join("");
  }

  if (typeof module === "object") {
    module.exports = { easter, holiday, addMonths, series, moved, spell, fold, escape, calendar, toISO, toDay };
    return;
  }

  const make = (tag, props, ...kids) => {
    const e = Object.assign(document.createElement(tag), props);
    e.append(...kids);
    return e;
  };

  function enhance(form, number) {
    const data = form.dataset;
    const from = +data.interval || 0, to = +data.max || from;
    const field = (name, label, input) => {
      input.id = `kalender-${number}-${name}`;
      input.name = name;
      form.append(make("p", { className: "kalender-felt" }, make("label", { htmlFor: input.id, textContent: label }), input));
      return input;
    };
    const whole = (value, min, max) => make("input", { type: "number", required: true, defaultValue: value, min, max });
    const first = field("dato", ord("kalender.dato"),
      make("input", { type: "date", required: true, min: "2024-01-01", max: "2059-12-31" }));
    const time = field("tid", ord("kalender.klokkeslaet"),
      make("input", { type: "time", required: true, defaultValue: "09:00" }));
    const list = data.raekke && JSON.parse(data.raekke);
    const minutes = !list && field("varighed", ord("kalender.varighed"), whole(data.varighed || 60, 5, 600));
    const without = list && field("uden", ord("kalender.uden"), make("input"));
    const interval = from < to && field("interval", { dag: ord("kalender.dage"), uge: ord("kalender.uger") }[data.enhed] ?? ord("kalender.maaneder"),
      whole(from, from, to));
    const count = !list && from > 0 && field("antal", ord("kalender.antal"), whole(4, 1, 40));
    const alarm = field("paamindelse", ord("kalender.paamindelse"), make("select", {},
      new Option(ord("kalender.uge-foer"), "P7D"), new Option(ord("kalender.dag-foer"), "P1D", true),
      new Option(ord("kalender.time-foer"), "PT1H"), new Option(ord("kalender.ingen"), "")));
    const status = make("p", { className: "kalender-status" });
    status.setAttribute("role", "status");
    const dates = make("ol", { className: "kalender-datoer" });
    form.append(
      make("p", { className: "kalender-note", textContent: ord("kalender.forklaring") }),
      status, dates,
      make("button", { type: "submit", className: "kalender-hent", textContent: ord("kalender.hent") }));

    const meetings = () => ({
      title: data.titel, description: data.beskrivelse, place: data.sted, address: data.adresse,
      first: first.value, time: time.value, minutes: +minutes.value, alarm: alarm.value, unit: data.enhed,
      interval: interval ? +interval.value : from, count: list?.length ?? (count ? +count.value : 1),
      list, without: without?.value.match(/\d+/g)?.map(Number),
    });
    const show = () => {
      const list = form.checkValidity() ? series(meetings()) : [];
      const away = list.filter(moved).length;
      dates.replaceChildren(...list.map((d) => make("li", { textContent: [d.of?.[0], spell(d.held, true), moved(d)].filter(Boolean).join(" – ") })));
      const told = list.length > 1 ? ord("kalender.moeder.flere").replace("{antal}", list.length) : ord("kalender.moeder.en");
      const also = away ? ", " + ord("kalender.flyttet").replace("{antal}", away) : "";
      status.textContent = list.length ? told + also : "";
    };
    const reset = () => { form.reset(); show(); };
    form.addEventListener("input", show);
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      save(calendar(meetings(), Date.now()), `${slug(data.titel)}-${first.value}.ics`);
    });
    addEventListener("pagehide", reset);
    addEventListener("pageshow", reset);
    form.autocomplete = "off";
    form.hidden = false;
  }

  const slug = (s) => s.toLowerCase().replace(/æ/g, "ae").replace(/ø/g, "oe").replace(/å/g, "aa").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

  function save(text, name) {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/calendar" })), download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
  }

  document.querySelectorAll("form.kalender").forEach(enhance);
})();
